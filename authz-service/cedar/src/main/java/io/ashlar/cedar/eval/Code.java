package io.ashlar.cedar.eval;

import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Value;

/** A compiled expression. Those whose value is always a bool or a number give it without wrapping it. */
@FunctionalInterface
interface Code {

    /** @throws EvaluationException if the expression has no value */
    Value eval(Env env);

    /** A compiled expression whose value is a bool. */
    interface Test extends Code {

        boolean test(Env env);

        @Override
        default Value eval(Env env) {
            return Value.Flag.of(test(env));
        }
    }

    /** A compiled expression whose value is a number. */
    interface Numeric extends Code {

        long number(Env env);

        @Override
        default Value eval(Env env) {
            return new Value.Whole(number(env));
        }
    }

    /** A value that does not depend on the request. */
    record Constant(Value value) implements Code {
        @Override
        public Value eval(Env env) {
            return value;
        }
    }

    /** As a bool; anything else is an error there. */
    static Test test(Code code, Span at) {
        if (code instanceof Test test) {
            return test;
        }
        if (code instanceof Constant(Value.Flag(boolean value))) {
            return env -> value;
        }
        return env -> {
            Value value = code.eval(env);
            if (value instanceof Value.Flag flag) {
                return flag.value();
            }
            throw mismatch("bool", value, at);
        };
    }

    /** As a number; anything else is an error there. */
    static Numeric numeric(Code code, Span at) {
        if (code instanceof Numeric numeric) {
            return numeric;
        }
        if (code instanceof Constant(Value.Whole(long value))) {
            return env -> value;
        }
        return env -> {
            Value value = code.eval(env);
            if (value instanceof Value.Whole whole) {
                return whole.value();
            }
            throw mismatch("long", value, at);
        };
    }

    /** A value is of another kind than the expression asks for. */
    static EvaluationException mismatch(String wanted, Value got, Span at) {
        return new EvaluationException("this should be of type " + wanted + ", it is of type " + got.kind(), at);
    }
}
