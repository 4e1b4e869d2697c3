package io.ashlar.cedar.random;

import io.ashlar.cedar.random.Vocabulary.Kind;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.ExtensionFunction;
import io.ashlar.cedar.syntax.Operator;
import io.ashlar.cedar.syntax.Pattern;
import io.ashlar.cedar.syntax.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Random expressions of a wanted type; every tenth time of another, so that type errors happen. */
final class RandomExpr {

    private static final Span AT = Span.NOWHERE;

    private final Vocabulary words;

    RandomExpr(Vocabulary words) {
        this.words = words;
    }

    Expr of(Kind wanted, int depth) {
        Kind kind = words.chance(4) ? words.kind() : wanted;
        if (depth <= 0) {
            return words.chance(50) ? attribute(kind, 0) : literal(kind);
        }
        int draw = words.below(10);
        if (draw == 0) {
            return new Expr.If(of(Kind.FLAG, depth - 1), of(kind, depth - 1), of(kind, depth - 1), AT);
        }
        if (draw == 1) {
            return literal(kind);
        }
        if (draw == 2) {
            return attribute(kind, depth - 1);
        }
        return composite(kind, depth - 1);
    }

    private Expr literal(Kind kind) {
        return switch (kind) {
            case FLAG -> new Expr.Flag(words.chance(60), AT);
            case NUMBER -> new Expr.Whole(words.number(), AT);
            case TEXT -> new Expr.Text(words.text(), AT);
            case ENTITY -> words.chance(60) ? variable() : new Expr.Reference(words.entity(), AT);
            case SET -> new Expr.SetOf(some(() -> literal(Kind.NUMBER)), AT);
            case RECORD -> record(0);
            case DECIMAL, DATETIME, DURATION, IP -> constructor(kind);
        };
    }

    private Expr constructor(Kind kind) {
        ExtensionFunction function = ExtensionFunction.of(
                        switch (kind) {
                            case IP -> "ip";
                            case DATETIME -> "datetime";
                            case DURATION -> "duration";
                            default -> "decimal";
                        })
                .orElseThrow();
        Expr argument = new Expr.Text(words.argument(kind), AT);
        return new Expr.Call(function, words.chance(2) ? List.of(argument, argument) : List.of(argument), AT);
    }

    private Expr variable() {
        return new Expr.Variable(
                words.one(
                        List.of(Expr.Variable.Name.PRINCIPAL, Expr.Variable.Name.ACTION, Expr.Variable.Name.RESOURCE)),
                AT);
    }

    /** {@code target.number}: a name that mostly holds a value of that type. */
    private Expr attribute(Kind kind, int depth) {
        Expr target =
                switch (words.below(5)) {
                    case 0 -> new Expr.Variable(Expr.Variable.Name.CONTEXT, AT);
                    case 1 -> depth > 0 ? of(words.chance(50) ? Kind.ENTITY : Kind.RECORD, depth - 1) : variable();
                    default -> variable();
                };
        return new Expr.Attribute(target, words.chance(95) ? kind.attribute : words.one(Vocabulary.NAMES), AT);
    }

    private Expr record(int depth) {
        List<Expr.Field> fields = Stream.concat(Vocabulary.NAMES.stream(), Stream.of("number", "flag"))
                .filter(name -> words.chance(40))
                .map(name -> new Expr.Field(name, of(name.equals("flag") ? Kind.FLAG : Kind.NUMBER, depth - 1)))
                .toList();
        return new Expr.RecordOf(fields, AT);
    }

    private List<Expr> some(Supplier<Expr> element) {
        List<Expr> elements = new ArrayList<>();
        for (int i = words.below(4); i > 0; i--) {
            elements.add(element.get());
        }
        return elements;
    }

    private Expr composite(Kind kind, int depth) {
        return switch (kind) {
            case FLAG -> flag(depth);
            case NUMBER -> number(depth);
            case TEXT -> literal(kind);
            case ENTITY -> tag(Operator.GET_TAG, depth);
            case SET -> {
                Kind element = words.kind();
                yield new Expr.SetOf(some(() -> of(element, depth - 1)), AT);
            }
            case RECORD -> record(depth);
            case DECIMAL, IP -> constructor(kind);
            case DATETIME ->
                words.chance(50)
                        ? call(ExtensionFunction.OFFSET, of(kind, depth), of(Kind.DURATION, depth))
                        : call(ExtensionFunction.TO_DATE, of(kind, depth));
            case DURATION ->
                words.chance(50)
                        ? call(ExtensionFunction.DURATION_SINCE, of(Kind.DATETIME, depth), of(Kind.DATETIME, depth))
                        : call(ExtensionFunction.TO_TIME, of(Kind.DATETIME, depth));
        };
    }

    private Expr number(int depth) {
        return switch (words.below(4)) {
            case 0 -> new Expr.Negate(of(Kind.NUMBER, depth), AT);
            case 1 ->
                call(
                        words.one(List.of(
                                ExtensionFunction.TO_DAYS,
                                ExtensionFunction.TO_HOURS,
                                ExtensionFunction.TO_MINUTES,
                                ExtensionFunction.TO_SECONDS,
                                ExtensionFunction.TO_MILLISECONDS)),
                        of(Kind.DURATION, depth));
            default ->
                binary(
                        words.one(List.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY)),
                        Kind.NUMBER,
                        Kind.NUMBER,
                        depth);
        };
    }

    private Expr flag(int depth) {
        return switch (words.below(16)) {
            case 0 -> new Expr.Not(of(Kind.FLAG, depth), AT);
            case 1, 2 -> new Expr.And(flags(depth), AT);
            case 3, 4 -> new Expr.Or(flags(depth), AT);
            case 5 -> {
                Kind kind = words.kind();
                yield binary(words.chance(70) ? Operator.EQUAL : Operator.NOT_EQUAL, kind, kind, depth);
            }
            case 6 -> {
                Kind kind = words.one(List.of(Kind.NUMBER, Kind.NUMBER, Kind.DATETIME, Kind.DURATION));
                yield binary(comparison(), kind, kind, depth);
            }
            case 7 -> binary(Operator.IN, Kind.ENTITY, Kind.ENTITY, depth);
            case 8 ->
                new Expr.Binary(
                        Operator.IN,
                        of(Kind.ENTITY, depth),
                        new Expr.SetOf(some(() -> of(Kind.ENTITY, depth - 1)), AT),
                        AT);
            case 9 ->
                new Expr.Has(
                        of(words.chance(50) ? Kind.ENTITY : Kind.RECORD, depth),
                        words.chance(60) ? words.kind().attribute : words.one(Vocabulary.NAMES),
                        AT);
            case 10 -> new Expr.Like(of(Kind.TEXT, depth), pattern(), AT);
            case 11 -> is(depth);
            case 12 -> new Expr.IsEmpty(of(Kind.SET, depth), AT);
            case 13 -> sets(depth);
            case 14 -> tag(Operator.HAS_TAG, depth);
            default -> extension(depth);
        };
    }

    private List<Expr> flags(int depth) {
        List<Expr> operands = new ArrayList<>(List.of(of(Kind.FLAG, depth), of(Kind.FLAG, depth)));
        if (words.chance(30)) {
            operands.add(of(Kind.FLAG, depth));
        }
        return operands;
    }

    private Operator comparison() {
        return words.one(List.of(Operator.LESS, Operator.LESS_OR_EQUAL, Operator.GREATER, Operator.GREATER_OR_EQUAL));
    }

    private Expr is(int depth) {
        Expr in = words.chance(50) ? null : of(Kind.ENTITY, depth);
        return new Expr.Is(of(Kind.ENTITY, depth), words.one(Vocabulary.TYPES), in, AT);
    }

    private Expr sets(int depth) {
        if (words.chance(40)) {
            return binary(Operator.CONTAINS, Kind.SET, Kind.NUMBER, depth);
        }
        return binary(words.one(List.of(Operator.CONTAINS_ALL, Operator.CONTAINS_ANY)), Kind.SET, Kind.SET, depth);
    }

    private Expr tag(Operator operator, int depth) {
        Expr name = words.chance(90) ? new Expr.Text(words.one(Vocabulary.NAMES), AT) : of(Kind.TEXT, depth);
        return new Expr.Binary(operator, of(Kind.ENTITY, depth), name, AT);
    }

    private Expr extension(int depth) {
        return switch (words.below(6)) {
            case 0 -> call(ExtensionFunction.LESS_THAN, of(Kind.DECIMAL, depth), of(Kind.DECIMAL, depth));
            case 1 -> call(ExtensionFunction.GREATER_THAN_OR_EQUAL, of(Kind.DECIMAL, depth), of(Kind.DECIMAL, depth));
            case 2 -> call(ExtensionFunction.IS_IN_RANGE, of(Kind.IP, depth), of(Kind.IP, depth));
            case 3 -> call(ExtensionFunction.LESS_THAN_OR_EQUAL, of(Kind.DECIMAL, depth), of(Kind.DECIMAL, depth));
            case 4 -> call(ExtensionFunction.GREATER_THAN, of(Kind.DECIMAL, depth), of(Kind.DECIMAL, depth));
            default ->
                call(
                        words.one(List.of(
                                ExtensionFunction.IS_IPV4,
                                ExtensionFunction.IS_IPV6,
                                ExtensionFunction.IS_LOOPBACK,
                                ExtensionFunction.IS_MULTICAST)),
                        of(Kind.IP, depth));
        };
    }

    private Pattern pattern() {
        List<String> pieces = new ArrayList<>(List.of(piece()));
        for (int i = words.below(4); i > 0; i--) {
            pieces.add(piece());
        }
        return new Pattern(pieces);
    }

    private String piece() {
        return words.chance(40) ? "" : words.one(List.of("a", "b", "an", "*", "\u00e9", "ana", "\ud83d\ude00"));
    }

    private Expr binary(Operator operator, Kind left, Kind right, int depth) {
        return new Expr.Binary(operator, of(left, depth), of(right, depth), AT);
    }

    private static Expr call(ExtensionFunction function, Expr... arguments) {
        return new Expr.Call(function, List.of(arguments), AT);
    }
}
