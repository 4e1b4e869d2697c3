package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.Filter.Segment;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Filters of every shape, with constants from the corners of each kind. */
final class AnyFilter {

    private AnyFilter() {}

    static Arbitrary<Filter> filters() {
        return Arbitraries.lazyOf(
                AnyFilter::conditions,
                AnyFilter::conditions,
                () -> Arbitraries.of(new Filter.All(), Filter.none(), new And(List.of())),
                () -> names().map(Segment::new),
                () -> filters().list().ofMaxSize(3).map(And::new),
                () -> filters().list().ofMaxSize(3).map(Or::new),
                () -> filters().map(Not::new));
    }

    static Arbitrary<Literal> literals() {
        return Arbitraries.oneOf(
                texts().map(Literal::of),
                Arbitraries.of(true, false).map(Literal::of),
                Arbitraries.longs().map(Literal::of),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1e30"), new BigDecimal("1e30"))
                        .ofScale(25)
                        .map(Literal::of),
                Arbitraries.of("1e399", "-1e-390", "0.1", "1e2", "0e5", "9223372036854775808")
                        .map(text -> Literal.of(new BigDecimal(text))));
    }

    static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(20).filter(Texts::isStorable);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(20);
    }

    private static Arbitrary<Filter> conditions() {
        return Combinators.combine(names(), Arbitraries.of(Op.class), Arbitraries.of(true, false))
                .flatAs((field, op, ci) -> operands(op).map(operand -> new Condition(field, op, operand, ci)));
    }

    private static Arbitrary<Operand> operands(Op op) {
        return switch (op.shape()) {
            case ONE -> literals().map(Operand.One::new);
            case TEXT -> texts().map(Literal::of).map(Operand.One::new);
            case FLAG -> Arbitraries.of(true, false).map(Literal::of).map(Operand.One::new);
            case RANGE -> Combinators.combine(literals(), literals()).as(Operand.Range::new);
            case MANY -> literals().list().ofMaxSize(5).map(Operand.Many::new);
            case TEXTS -> texts().<Literal>map(Literal::of).list().ofMaxSize(5).map(Operand.Many::new);
            case PERIOD -> periods().map(Operand.During::new);
        };
    }

    private static Arbitrary<Period> periods() {
        return Combinators.combine(
                        Arbitraries.of(Period.Kind.class),
                        Arbitraries.integers().between(1, Period.MAX_COUNT),
                        Arbitraries.of(CalendarUnit.class))
                .as((kind, count, unit) -> new Period(kind, kind == Period.Kind.THIS ? 1 : count, unit));
    }
}
