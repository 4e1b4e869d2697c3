package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ashlar.filter.dsl.Aggregate.Fn;
import io.ashlar.filter.dsl.Aggregate.Group;
import io.ashlar.filter.dsl.Aggregate.Measure;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the {@code aggregate} of a query off a token stream. Not thread-safe; for one object. */
final class AggregateReader {

    private static final List<String> KEYS = List.of("group_by", "measures", "having");
    private static final List<String> GROUP_KEYS = List.of("field", "bucket", "as");
    private static final List<String> MEASURE_KEYS = List.of("fn", "field", "p", "as");
    private static final int MAX_PERCENTILE_DIGITS = 6;

    private final JsonParser in;
    private final Limits limits;
    private final Faults faults;
    private final Path path;
    private final NodeReader nodes;
    private final ObjectReader objects;
    private final ValueReader values;

    private final List<Group> groups = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private Filter having = Filter.all();
    private boolean havingList;
    private boolean measured;

    AggregateReader(JsonParser in, Limits limits, Faults faults, Path path, NodeReader nodes) {
        this.in = in;
        this.limits = limits;
        this.faults = faults;
        this.path = path;
        this.nodes = nodes;
        this.objects = new ObjectReader(in, faults, path);
        this.values = new ValueReader(in, limits, faults, path);
    }

    /** The aggregate that starts at the current token; after a fault, what is left of it. */
    Aggregate read() throws IOException {
        boolean object = in.currentToken() == JsonToken.START_OBJECT;
        objects.read(KEYS, key -> {
            switch (key) {
                case "group_by" -> list(limits.groups(), this::group);
                case "measures" -> {
                    measured = true;
                    list(limits.measures(), this::measure);
                }
                default -> having();
            }
        });
        if (object && !measured) {
            faults.add(FaultCode.MISSING_KEY, path.toString(), "The key \"measures\" is missing.");
        }
        return new Aggregate(groups, measures, having, havingList);
    }

    private interface Element {
        void read() throws IOException;
    }

    private void list(int most, Element element) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "An array is expected.");
            in.skipChildren();
            return;
        }
        int i = 0;
        for (; in.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == most) {
                faults.add(FaultCode.TOO_MANY_VALUES, path.toString(), "There may be " + most + " of these.");
            }
            if (i >= most) {
                in.skipChildren();
                continue;
            }
            int mark = path.enter(i);
            element.read();
            path.leave(mark);
        }
        if (i == 0 && path.toString().endsWith("/measures")) {
            faults.add(FaultCode.MISSING_KEY, path.toString(), "At least one measure is needed.");
        }
    }

    private void having() throws IOException {
        havingList = in.currentToken() == JsonToken.START_ARRAY;
        if (havingList) {
            having = new Filter.And(nodes.nodes());
        } else {
            Filter node = nodes.node();
            having = node == null ? having : node;
        }
    }

    private void group() throws IOException {
        Parts parts = new Parts();
        boolean object = in.currentToken() == JsonToken.START_OBJECT;
        objects.read(GROUP_KEYS, key -> {
            switch (key) {
                case "field" -> parts.field = values.name();
                case "bucket" ->
                    parts.bucket = word(CalendarUnit::ofWire, CalendarUnit.wires(), "There is no such bucket.");
                default -> parts.as = alias();
            }
        });
        if (parts.field != null) {
            groups.add(new Group(parts.field, parts.bucket, parts.as == null ? column(parts.field) : parts.as));
        } else if (object) {
            requireFault("field");
        }
    }

    private void measure() throws IOException {
        Parts parts = new Parts();
        boolean object = in.currentToken() == JsonToken.START_OBJECT;
        objects.read(MEASURE_KEYS, key -> {
            switch (key) {
                case "fn" -> parts.fn = word(Fn::ofWire, Fn.wires(), "There is no such measure.");
                case "field" -> parts.field = values.name();
                case "p" -> parts.p = share();
                default -> parts.as = alias();
            }
        });
        Fn fn = parts.fn;
        if (fn == null) {
            if (object) {
                requireFault("fn");
            }
            return;
        }
        if (parts.field == null && fn != Fn.COUNT) {
            requireFault("field");
        }
        if (fn == Fn.PERCENTILE && parts.p == null) {
            requireFault("p");
        } else if (fn != Fn.PERCENTILE && parts.p != null) {
            faults.add(new Fault(FaultCode.UNKNOWN_KEY, path.at("p"), "Only a percentile has a share.")
                    .withFix(JsonPatch.remove(path.at("p"))));
        }
        String named = parts.field == null ? fn.wire() : fn.wire() + "_" + parts.field;
        measures.add(new Measure(fn, parts.field, parts.p, parts.as == null ? column(named) : parts.as));
    }

    /** Says that a key is missing, unless a fault of its value was told already. */
    private void requireFault(String key) {
        String at = path.at(key);
        if (faults.found().stream().noneMatch(fault -> fault.pointer().equals(at))) {
            faults.add(FaultCode.MISSING_KEY, path.toString(), "The key \"" + key + "\" is missing.");
        }
    }

    private <E> @Nullable E word(Function<String, @Nullable E> ofWire, List<String> allowed, String otherwise)
            throws IOException {
        String word = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
        in.skipChildren();
        E read = ofWire.apply(word);
        if (read == null) {
            faults.add(FaultCode.VALUE_INVALID, path.toString(), otherwise, word, allowed);
        }
        return read;
    }

    private @Nullable String alias() throws IOException {
        String name = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
        in.skipChildren();
        if (Identifiers.isColumn(name)) {
            return name;
        }
        faults.add(
                FaultCode.VALUE_INVALID,
                path.toString(),
                "A name of the answer is a letter or underscore, then letters, digits and underscores, at most 63.");
        return null;
    }

    private @Nullable BigDecimal share() throws IOException {
        if (in.currentToken() == null || !in.currentToken().isNumeric()) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "A number from 0 to 1 is expected.");
            in.skipChildren();
            return null;
        }
        if (!(values.operand() instanceof Operand.One(Literal.Number(BigDecimal p)))) {
            return null;
        }
        if (p.signum() < 0 || p.compareTo(BigDecimal.ONE) > 0 || p.scale() > MAX_PERCENTILE_DIGITS) {
            faults.add(
                    FaultCode.OUT_OF_RANGE,
                    path.toString(),
                    "A number from 0 to 1 with at most " + MAX_PERCENTILE_DIGITS + " digits is expected.");
            return null;
        }
        return p;
    }

    /** A name that needs no quotes in anybody's language. */
    private static String column(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < Math.min(name.length(), 63); i++) {
            char c = name.charAt(i);
            boolean plain = c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
            out.append(plain ? c : '_');
        }
        return Identifiers.isColumn(out.toString())
                ? out.toString()
                : "_" + out.toString().toLowerCase(Locale.ROOT);
    }

    private static final class Parts {
        private @Nullable String field;
        private @Nullable CalendarUnit bucket;
        private @Nullable String as;
        private @Nullable Fn fn;
        private @Nullable BigDecimal p;
    }
}
