package io.ashlar.cedar.eval;

import io.ashlar.cedar.eval.Code.Constant;
import io.ashlar.cedar.eval.Code.Numeric;
import io.ashlar.cedar.eval.Code.Test;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Operator;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Duration;
import io.ashlar.cedar.value.Value;

/** Numbers of 64 bits, where what does not fit is an error, and the order of numbers, instants and durations. */
final class Arithmetic {

    @FunctionalInterface
    private interface Order {
        boolean holds(int comparison);
    }

    private Arithmetic() {}

    static Code negate(Expr.Negate e) {
        Numeric operand = Compiler.numeric(e.operand());
        Span at = e.at();
        return (Numeric) env -> {
            long value = operand.number(env);
            if (value == Long.MIN_VALUE) {
                throw overflow(at);
            }
            return -value;
        };
    }

    static Code calculate(Expr.Binary e) {
        Numeric left = Compiler.numeric(e.left());
        Numeric right = Compiler.numeric(e.right());
        Span at = e.at();
        Numeric code =
                switch (e.operator()) {
                    case ADD -> env -> add(left.number(env), right.number(env), at);
                    case SUBTRACT -> env -> subtract(left.number(env), right.number(env), at);
                    case MULTIPLY -> env -> multiply(left.number(env), right.number(env), at);
                    default -> throw new IllegalArgumentException(e.operator() + " does not calculate");
                };
        return code;
    }

    // Not Math.addExact: its exception collects a stack trace, and a policy's error must be cheap.
    private static long add(long a, long b, Span at) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw overflow(at);
        }
        return sum;
    }

    private static long subtract(long a, long b, Span at) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            throw overflow(at);
        }
        return difference;
    }

    private static long multiply(long a, long b, Span at) {
        long product = a * b;
        if (Math.multiplyHigh(a, b) != product >> 63) {
            throw overflow(at);
        }
        return product;
    }

    private static EvaluationException overflow(Span at) {
        return new EvaluationException("the result does not fit in 64 bits", at);
    }

    static Test compare(Expr.Binary e) {
        Code left = Compiler.compile(e.left());
        Code right = Compiler.compile(e.right());
        Order order = order(e.operator());
        if (isNumber(left) && isNumber(right)) {
            Numeric first = Code.numeric(left, e.left().at());
            Numeric second = Code.numeric(right, e.right().at());
            return env -> order.holds(Long.compare(first.number(env), second.number(env)));
        }
        Span leftAt = e.left().at();
        Span rightAt = e.right().at();
        return env -> {
            Value first = left.eval(env);
            Value second = right.eval(env);
            return order.holds(compare(first, second, leftAt, rightAt));
        };
    }

    private static boolean isNumber(Code code) {
        return code instanceof Numeric || code instanceof Constant(Value.Whole whole);
    }

    private static Order order(Operator operator) {
        return switch (operator) {
            case LESS -> comparison -> comparison < 0;
            case LESS_OR_EQUAL -> comparison -> comparison <= 0;
            case GREATER -> comparison -> comparison > 0;
            case GREATER_OR_EQUAL -> comparison -> comparison >= 0;
            default -> throw new IllegalArgumentException(operator + " does not compare");
        };
    }

    private static int compare(Value left, Value right, Span leftAt, Span rightAt) {
        if (left instanceof Value.Whole(long a) && right instanceof Value.Whole(long b)) {
            return Long.compare(a, b);
        }
        if (left instanceof Datetime a && right instanceof Datetime b) {
            return a.compareTo(b);
        }
        if (left instanceof Duration a && right instanceof Duration b) {
            return a.compareTo(b);
        }
        boolean comparable = left instanceof Value.Whole || left instanceof Datetime || left instanceof Duration;
        throw comparable
                ? Code.mismatch(left.kind(), right, rightAt)
                : Code.mismatch("long, datetime or duration", left, leftAt);
    }
}
