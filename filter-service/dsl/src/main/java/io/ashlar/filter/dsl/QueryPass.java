package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One pass over one query; what it has read is meant only if no fault was found. Not thread-safe. */
final class QueryPass {

    /** Longer than any cursor that is handed out. */
    private static final int MAX_CURSOR = 16 * 1024;

    private static final int MAX_TZ = 64;
    private static final List<String> KEYS = List.of("filters", "sort", "page", "fields", "tz", "aggregate");
    private static final List<String> SORT_KEYS = List.of("field", "dir", "nulls", "rank");
    private static final List<String> PAGE_KEYS = List.of("limit", "cursor", "count");

    private final JsonParser in;
    private final Limits limits;
    private final Faults faults;
    private final Path path;
    private final NodeReader nodes;
    private final ObjectReader objects;
    private final ValueReader values;

    private Filter filter = Filter.all();
    private boolean filterList;
    private final List<SortKey> sort = new ArrayList<>();
    private boolean sortList;
    private final List<String> fields = new ArrayList<>();
    private String tz = Query.DEFAULT_TZ;
    private int limit;
    private @Nullable String cursor;
    private PageRequest.Count count = PageRequest.Count.NONE;
    private @Nullable Aggregate aggregate;

    QueryPass(JsonParser in, Limits limits, Faults faults, Path path) {
        this.in = in;
        this.limits = limits;
        this.faults = faults;
        this.path = path;
        this.nodes = new NodeReader(in, limits, faults, path);
        this.objects = new ObjectReader(in, faults, path);
        this.values = new ValueReader(in, limits, faults, path);
        this.limit = Math.min(PageRequest.DEFAULT_LIMIT, limits.pageLimit());
    }

    Query query() throws IOException {
        if (in.currentToken() == null) {
            faults.add(FaultCode.MALFORMED_JSON, "", "The body is empty.");
        } else {
            objects.read(KEYS, this::member);
        }
        return new Query(
                filter,
                sort,
                new PageRequest(limit, cursor, count),
                fields,
                tz,
                new Query.Form(filterList, sortList),
                aggregate);
    }

    private void member(String key) throws IOException {
        switch (key) {
            case "filters" -> filters();
            case "sort" -> sort();
            case "page" -> objects.read(PAGE_KEYS, this::page);
            case "fields" -> fields();
            case "aggregate" -> aggregate = new AggregateReader(in, limits, faults, path, nodes).read();
            default -> timeZone();
        }
    }

    private void filters() throws IOException {
        if (in.currentToken() == JsonToken.START_ARRAY) {
            filterList = true;
            filter = new Filter.And(nodes.nodes());
        } else {
            Filter node = nodes.node();
            filter = node == null ? filter : node;
        }
    }

    private void sort() throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            sortKey();
            return;
        }
        sortList = true;
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == limits.sortKeys()) {
                faults.add(
                        FaultCode.TOO_MANY_SORT_KEYS,
                        path.toString(),
                        "A query may be sorted by " + limits.sortKeys() + " keys.");
            }
            if (i >= limits.sortKeys()) {
                in.skipChildren();
                continue;
            }
            int mark = path.enter(i);
            sortKey();
            path.leave(mark);
        }
    }

    private void sortKey() throws IOException {
        SortParts parts = new SortParts();
        boolean object = in.currentToken() == JsonToken.START_OBJECT;
        objects.read(SORT_KEYS, key -> {
            switch (key) {
                case "field" -> {
                    parts.named = true;
                    parts.field = values.name();
                }
                case "dir" -> parts.dir = choice(Direction::ofWire, List.of("asc", "desc"));
                case "nulls" -> parts.nulls = choice(Nulls::ofWire, List.of("first", "last"));
                default -> parts.rank = values.text();
            }
        });
        if (object && !parts.named) {
            faults.add(FaultCode.MISSING_KEY, path.toString(), "The key \"field\" is missing.");
        }
        if (parts.field != null && parts.dir != null && parts.nulls != null) {
            sort.add(new SortKey(parts.field, parts.dir, parts.nulls, parts.rank));
        }
    }

    private String word() throws IOException {
        String word = in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "";
        in.skipChildren();
        return word;
    }

    private <E> @Nullable E choice(Function<String, @Nullable E> ofWire, List<String> allowed) throws IOException {
        String word = word();
        E read = ofWire.apply(word);
        if (read == null) {
            Fault fault = new Fault(
                    FaultCode.VALUE_INVALID, path.toString(), "One of a few words is expected.", allowed, null);
            String sure = Suggestion.certain(word, allowed);
            faults.add(sure == null ? fault : fault.withFix(JsonPatch.replace(path.toString(), sure)));
        }
        return read;
    }

    private void page(String key) throws IOException {
        if (key.equals("limit")) {
            boolean whole = in.currentToken() == JsonToken.VALUE_NUMBER_INT;
            if (!whole) {
                faults.add(FaultCode.WRONG_TYPE, path.toString(), "An integer is expected.");
                in.skipChildren();
            } else if (in.getNumberType() != JsonParser.NumberType.INT
                    || in.getIntValue() < 1
                    || in.getIntValue() > limits.pageLimit()) {
                faults.add(FaultCode.OUT_OF_RANGE, path.toString(), "A page has 1 to " + limits.pageLimit() + " rows.");
            } else {
                limit = in.getIntValue();
            }
        } else if (key.equals("count")) {
            PageRequest.Count wanted = choice(PageRequest.Count::ofWire, PageRequest.Count.wires());
            count = wanted == null ? count : wanted;
        } else if (in.currentToken() != JsonToken.VALUE_STRING) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "A cursor is a string.");
            in.skipChildren();
        } else if (in.getTextLength() > MAX_CURSOR) {
            faults.add(FaultCode.TOO_LONG, path.toString(), "No cursor is as long as this.");
        } else {
            cursor = in.getText();
        }
    }

    private void fields() throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            faults.add(FaultCode.WRONG_TYPE, path.toString(), "An array of field names is expected.");
            in.skipChildren();
            return;
        }
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            int mark = path.enter(i);
            String name = values.name();
            if (name != null) {
                fields.add(name);
            }
            path.leave(mark);
        }
    }

    private void timeZone() throws IOException {
        String name = word();
        if (!name.isEmpty() && name.length() <= MAX_TZ && Zones.find(name) != null) {
            tz = name;
        } else {
            faults.add(
                    FaultCode.UNKNOWN_TIME_ZONE,
                    path.toString(),
                    "The name of a time zone is expected, such as America/Chicago.");
        }
    }

    private static final class SortParts {
        private boolean named;
        private @Nullable String field;
        private @Nullable Direction dir = Direction.ASC;
        private @Nullable Nulls nulls = Nulls.LAST;
        private @Nullable String rank;
    }
}
