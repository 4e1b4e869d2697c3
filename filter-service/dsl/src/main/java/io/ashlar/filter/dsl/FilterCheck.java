package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fits one filter to a dataset. What it returns is meant only if no fault was found. Not thread-safe. */
final class FilterCheck {

    private final Dataset dataset;
    private final @Nullable Set<String> visible;
    private final Faults faults;
    private final Path path;
    private final DayRewrite days;

    private FilterCheck(Dataset dataset, @Nullable Set<String> visible, ZoneId zone, Faults faults, Path path) {
        this.dataset = dataset;
        this.visible = visible;
        this.faults = faults;
        this.path = path;
        this.days = new DayRewrite(zone);
    }

    static FilterCheck ofClient(Dataset dataset, Set<String> visible, ZoneId zone, Faults faults, Path path) {
        return new FilterCheck(dataset, visible, zone, faults, path);
    }

    static FilterCheck ofPlan(Dataset dataset, Faults faults, Path path) {
        return new FilterCheck(dataset, null, ZoneOffset.UTC, faults, path);
    }

    Filter node(Filter filter) {
        return switch (filter) {
            case Filter.All all -> all;
            case Condition condition -> condition(condition);
            case And(List<Filter> nodes) -> under("and", () -> list(nodes));
            case Or(List<Filter> nodes) -> under("or", () -> new Or(each(nodes)));
            case Not(Filter inner) -> under("not", () -> new Not(node(inner)));
            case Segment segment -> {
                faults.add(FaultCode.UNKNOWN_SEGMENT, path.at("segment"), "There is no such segment.");
                yield segment;
            }
        };
    }

    /** A conjunction without the needless node around none or one. */
    Filter list(List<Filter> nodes) {
        List<Filter> checked = each(nodes);
        return switch (checked.size()) {
            case 0 -> new Filter.All();
            case 1 -> checked.getFirst();
            default -> new And(checked);
        };
    }

    private List<Filter> each(List<Filter> nodes) {
        List<Filter> checked = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            int mark = path.enter(i);
            checked.add(node(nodes.get(i)));
            path.leave(mark);
        }
        return checked;
    }

    private Filter under(String key, Supplier<Filter> inner) {
        int mark = path.enter(key);
        Filter checked = inner.get();
        path.leave(mark);
        return checked;
    }

    private Filter condition(Condition condition) {
        Field field = field(condition.field());
        if (field == null) {
            return condition;
        }
        Op op = condition.op();
        if (visible != null && !field.operators().contains(op)) {
            faults.add(new Fault(
                    FaultCode.OPERATOR_NOT_ALLOWED,
                    path.at("op"),
                    "The field does not take this operator.",
                    field.operators().stream().map(Op::wire).sorted().toList(),
                    null));
            return condition;
        }
        if (!field.type().operators().contains(op)) {
            faults.add(FaultCode.OPERATOR_NOT_ALLOWED, path.at("op"), "The field's type has no such operator.");
            return condition;
        }
        if (condition.ignoreCase() && field.type() != FieldType.STRING) {
            faults.add(FaultCode.WRONG_TYPE, path.at("ci"), "Only strings can be compared without regard to case.");
        }
        if (op == Op.IS_NULL) {
            return new Condition(field.name(), op, condition.operand(), false);
        }
        boolean ci = condition.ignoreCase() && field.type() == FieldType.STRING;
        int mark = path.enter("value");
        Operand operand = operand(field, condition.operand());
        path.leave(mark);
        return days.apply(new Condition(field.name(), op, operand, ci), field.type());
    }

    private @Nullable Field field(String name) {
        Field field = visible == null ? dataset.fieldOfCedarAttribute(name) : dataset.field(name);
        if (field == null || (visible != null && !visible.contains(name))) {
            Checker.unknown(faults, path.at("field"), name, visible == null ? Set.of() : visible);
            return null;
        }
        return field;
    }

    private Operand operand(Field field, Operand operand) {
        return switch (operand) {
            case Operand.One(Literal value) -> new Operand.One(value(field, value));
            case Operand.Range(Literal low, Literal high) -> new Operand.Range(at(0, field, low), at(1, field, high));
            case Operand.Many(List<Literal> values) -> {
                List<Literal> checked = new ArrayList<>(values.size());
                for (int i = 0; i < values.size(); i++) {
                    checked.add(at(i, field, values.get(i)));
                }
                yield new Operand.Many(checked);
            }
        };
    }

    private Literal at(int index, Field field, Literal literal) {
        int mark = path.enter(index);
        Literal checked = value(field, literal);
        path.leave(mark);
        return checked;
    }

    private Literal value(Field field, Literal literal) {
        FieldType type = field.type();
        if (type == FieldType.TIMESTAMP && literal instanceof Literal.Text(String text) && Values.date(text) != null) {
            if (!DayRewrite.isWhole(text)) {
                faults.add(FaultCode.OUT_OF_RANGE, path.toString(), "The day lies at the end of time.");
            }
            return literal;
        }
        Object value = Values.of(type, literal);
        if (value instanceof Values.Misfit misfit) {
            misfit(misfit, type);
            return literal;
        }
        return Values.literal(value instanceof String text ? Texts.nfc(text) : value);
    }

    private void misfit(Values.Misfit misfit, FieldType type) {
        String code =
                switch (misfit) {
                    case WRONG_TYPE -> FaultCode.WRONG_TYPE;
                    case INVALID -> FaultCode.VALUE_INVALID;
                    case OUT_OF_RANGE -> FaultCode.OUT_OF_RANGE;
                };
        faults.add(code, path.toString(), expected(type));
    }

    private static String expected(FieldType type) {
        return switch (type) {
            case STRING -> "A string is expected.";
            case BOOL -> "true or false is expected.";
            case INT64 -> "A whole number of 64 bits is expected.";
            case DECIMAL -> "A number is expected.";
            case DOUBLE -> "A number within the range of a double is expected.";
            case TIMESTAMP ->
                "A date, or a time as in 2001-01-31T10:00:00Z with at most six digits of a second, is expected.";
            case DATE -> "A date as in 2001-01-31 is expected.";
            case UUID -> "A UUID is expected.";
        };
    }
}
