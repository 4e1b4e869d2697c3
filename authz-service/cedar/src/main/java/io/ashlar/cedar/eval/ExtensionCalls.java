package io.ashlar.cedar.eval;

import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.ExtensionFunction;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.Duration;
import io.ashlar.cedar.value.IpRange;
import io.ashlar.cedar.value.Value;
import io.ashlar.cedar.value.Values;

/** The functions of extension types. A wrong number of arguments is an error when the call is evaluated, as in the reference. */
final class ExtensionCalls {

    private ExtensionCalls() {}

    static Code call(Expr.Call e, Code[] arguments) {
        ExtensionFunction function = e.function();
        int arity = isBinary(function) ? 2 : 1;
        Span at = e.at();
        if (arguments.length != arity) {
            return env -> {
                for (Code argument : arguments) {
                    argument.eval(env);
                }
                throw new EvaluationException(
                        function.text() + " takes " + arity + " arguments, not " + arguments.length, at);
            };
        }
        Code first = arguments[0];
        if (arity == 1) {
            return env -> unary(function, first.eval(env), at);
        }
        Code second = arguments[1];
        return env -> {
            Value left = first.eval(env);
            Value right = second.eval(env);
            return binary(function, left, right, at);
        };
    }

    private static boolean isBinary(ExtensionFunction function) {
        return switch (function) {
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> true;
            case IS_IN_RANGE, OFFSET, DURATION_SINCE -> true;
            case IP, DECIMAL, DATETIME, DURATION -> false;
            case IS_IPV4, IS_IPV6, IS_LOOPBACK, IS_MULTICAST -> false;
            case TO_DATE, TO_TIME -> false;
            case TO_MILLISECONDS, TO_SECONDS, TO_MINUTES, TO_HOURS, TO_DAYS -> false;
        };
    }

    private static Value unary(ExtensionFunction function, Value argument, Span at) {
        return switch (function) {
            case IP, DECIMAL, DATETIME, DURATION -> construct(function, argument, at);
            case IS_IPV4 -> Value.Flag.of(ip(argument, at).v4());
            case IS_IPV6 -> Value.Flag.of(ip(argument, at).v6());
            case IS_LOOPBACK -> Value.Flag.of(ip(argument, at).loopback());
            case IS_MULTICAST -> Value.Flag.of(ip(argument, at).multicast());
            case TO_DATE -> toDate(datetime(argument, at), at);
            case TO_TIME -> datetime(argument, at).time();
            case TO_MILLISECONDS -> new Value.Whole(duration(argument, at).millis());
            case TO_SECONDS -> new Value.Whole(duration(argument, at).millis() / 1_000);
            case TO_MINUTES -> new Value.Whole(duration(argument, at).millis() / 60_000);
            case TO_HOURS -> new Value.Whole(duration(argument, at).millis() / 3_600_000);
            case TO_DAYS -> new Value.Whole(duration(argument, at).millis() / 86_400_000);
            default -> throw new IllegalArgumentException(function + " takes two arguments");
        };
    }

    private static Value binary(ExtensionFunction function, Value left, Value right, Span at) {
        return switch (function) {
            case LESS_THAN -> Value.Flag.of(compare(left, right, at) < 0);
            case LESS_THAN_OR_EQUAL -> Value.Flag.of(compare(left, right, at) <= 0);
            case GREATER_THAN -> Value.Flag.of(compare(left, right, at) > 0);
            case GREATER_THAN_OR_EQUAL -> Value.Flag.of(compare(left, right, at) >= 0);
            case IS_IN_RANGE -> Value.Flag.of(ip(left, at).within(ip(right, at)));
            case OFFSET -> offset(datetime(left, at), duration(right, at), at);
            case DURATION_SINCE -> since(datetime(left, at), datetime(right, at), at);
            default -> throw new IllegalArgumentException(function + " takes one argument");
        };
    }

    private static Value construct(ExtensionFunction function, Value argument, Span at) {
        if (!(argument instanceof Value.Text(String text))) {
            throw Code.mismatch("string", argument, at);
        }
        try {
            return Values.extension(function.text(), text);
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()), at);
        }
    }

    private static Value toDate(Datetime instant, Span at) {
        try {
            return instant.date();
        } catch (ArithmeticException e) {
            throw overflow(at);
        }
    }

    private static Value offset(Datetime instant, Duration by, Span at) {
        try {
            return instant.offset(by);
        } catch (ArithmeticException e) {
            throw overflow(at);
        }
    }

    private static Value since(Datetime instant, Datetime other, Span at) {
        try {
            return instant.since(other);
        } catch (ArithmeticException e) {
            throw overflow(at);
        }
    }

    private static EvaluationException overflow(Span at) {
        return new EvaluationException("the result does not fit in 64 bits", at);
    }

    private static int compare(Value left, Value right, Span at) {
        return decimal(left, at).compareTo(decimal(right, at));
    }

    private static Decimal decimal(Value value, Span at) {
        if (value instanceof Decimal decimal) {
            return decimal;
        }
        throw Code.mismatch("decimal", value, at);
    }

    private static Datetime datetime(Value value, Span at) {
        if (value instanceof Datetime datetime) {
            return datetime;
        }
        throw Code.mismatch("datetime", value, at);
    }

    private static Duration duration(Value value, Span at) {
        if (value instanceof Duration duration) {
            return duration;
        }
        throw Code.mismatch("duration", value, at);
    }

    private static IpRange ip(Value value, Span at) {
        if (value instanceof IpRange ip) {
            return ip;
        }
        throw Code.mismatch("ipaddr", value, at);
    }
}
