package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fits one filter to what its names stand for. What it returns is meant only if no fault was found. Not thread-safe. */
final class FilterCheck {

    private final Function<String, @Nullable Field> fields;
    private final @Nullable Set<String> visible;
    private final Faults faults;
    private final Path path;
    private final OperandCheck operands;
    private final TimeRewrite times;
    private final SegmentCheck segments;

    private FilterCheck(
            Function<String, @Nullable Field> fields,
            @Nullable Set<String> visible,
            Setting setting,
            Faults faults,
            Path path,
            SegmentCheck segments) {
        this.fields = fields;
        this.visible = visible;
        this.faults = faults;
        this.path = path;
        this.operands = new OperandCheck(faults, path, visible != null);
        this.times = new TimeRewrite(setting, faults, path);
        this.segments = segments;
    }

    /** For what a client wrote over these names. */
    static FilterCheck ofClient(Scope scope, Set<String> visible, Setting setting, Faults faults, Path path) {
        SegmentCheck segments = new SegmentCheck(scope, visible, setting);
        return new FilterCheck(scope::field, visible, setting, faults, path, segments);
    }

    /** For what the owner of a segment wrote, in the place of the segment. */
    static FilterCheck ofSegment(
            Scope scope, Set<String> visible, Setting setting, Faults faults, SegmentCheck segments) {
        return new FilterCheck(scope::field, visible, setting, faults, new Path(), segments);
    }

    /** For a policy's plan, whose names are attribute paths. */
    static FilterCheck ofPlan(Dataset dataset, Setting setting, Faults faults, Path path) {
        SegmentCheck segments = new SegmentCheck(dataset, Set.of(), setting);
        return new FilterCheck(dataset::fieldOfCedarAttribute, null, setting, faults, path, segments);
    }

    Filter node(Filter filter) {
        return switch (filter) {
            case Filter.All all -> all;
            case Condition condition -> condition(condition);
            case And(List<Filter> nodes) -> under("and", () -> list(nodes));
            case Or(List<Filter> nodes) -> under("or", () -> new Or(each(nodes)));
            case Not(Filter inner) -> under("not", () -> new Not(node(inner)));
            case Segment(String id) -> segments.resolve(id, faults, path.at("segment"));
        };
    }

    /** A conjunction without the needless node around none or one. */
    Filter list(List<Filter> nodes) {
        List<Filter> checked = each(nodes);
        return switch (checked.size()) {
            case 0 -> Filter.all();
            case 1 -> checked.getFirst();
            default -> new And(checked);
        };
    }

    private List<Filter> each(List<Filter> nodes) {
        Filter[] checked = new Filter[nodes.size()];
        for (int i = 0; i < checked.length; i++) {
            int mark = path.enter(i);
            checked[i] = node(nodes.get(i));
            path.leave(mark);
        }
        return List.of(checked);
    }

    private Filter under(String key, Supplier<Filter> inner) {
        int mark = path.enter(key);
        Filter checked = inner.get();
        path.leave(mark);
        return checked;
    }

    private Filter condition(Condition condition) {
        Field field = field(condition.field());
        if (field == null || !takes(field, condition.op())) {
            return condition;
        }
        Op op = condition.op();
        boolean string = field.type() == FieldType.STRING || field.type() == FieldType.TEXT;
        if (condition.ignoreCase() && (!string || op == Op.SEARCH)) {
            Fault fault = new Fault(
                    FaultCode.WRONG_TYPE, path.at("ci"), "Only comparisons of strings can be without regard to case.");
            faults.add(fault.withFix(JsonPatch.remove(path.at("ci"))));
        }
        if (op == Op.IS_NULL) {
            return new Condition(field.name(), op, condition.operand(), false);
        }
        boolean ci = condition.ignoreCase() && string;
        int mark = path.enter("value");
        Operand operand = operands.of(field, op, condition.operand());
        Filter rewritten = times.apply(new Condition(field.name(), op, operand, ci), field.type());
        path.leave(mark);
        return rewritten;
    }

    private boolean takes(Field field, Op op) {
        if (visible != null && !field.operators().contains(op)) {
            List<String> allowed =
                    field.operators().stream().map(Op::wire).sorted().toList();
            faults.add(new Fault(
                    FaultCode.OPERATOR_NOT_ALLOWED,
                    path.at("op"),
                    "The field does not take this operator.",
                    allowed,
                    null));
            return false;
        }
        if (!field.type().operators().contains(op)) {
            faults.add(FaultCode.OPERATOR_NOT_ALLOWED, path.at("op"), "The field's type has no such operator.");
            return false;
        }
        return true;
    }

    private @Nullable Field field(String name) {
        Field field = fields.apply(name);
        if (field == null || (visible != null && !visible.contains(name))) {
            Checker.unknown(faults, path.at("field"), name, visible == null ? Set.of() : visible);
            return null;
        }
        return field;
    }
}
