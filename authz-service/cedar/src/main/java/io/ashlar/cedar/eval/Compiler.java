package io.ashlar.cedar.eval;

import io.ashlar.cedar.eval.Code.Constant;
import io.ashlar.cedar.eval.Code.Numeric;
import io.ashlar.cedar.eval.Code.Test;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.Span;
import io.ashlar.cedar.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns expressions into closures. What depends on nothing is computed here, unless it has no value. */
final class Compiler {

    private Compiler() {}

    static Test test(Expr expr) {
        return Code.test(compile(expr), expr.at());
    }

    static Numeric numeric(Expr expr) {
        return Code.numeric(compile(expr), expr.at());
    }

    static Code compile(Expr expr) {
        return switch (expr) {
            case Expr.Flag e -> new Constant(Value.Flag.of(e.value()));
            case Expr.Whole e -> new Constant(new Value.Whole(e.value()));
            case Expr.Text e -> new Constant(new Value.Text(e.value()));
            case Expr.Reference e -> new Constant(new Value.Reference(e.uid()));
            case Expr.Variable e -> variable(e.name());
            case Expr.Not e -> not(test(e.operand()));
            case Expr.Negate e -> Arithmetic.negate(e);
            case Expr.And e -> all(tests(e.operands()));
            case Expr.Or e -> any(tests(e.operands()));
            case Expr.Binary e -> binary(e);
            case Expr.IsEmpty e -> Sets.isEmpty(e);
            case Expr.Attribute e -> Attributes.get(e);
            case Expr.Has e -> Attributes.has(e);
            case Expr.Like e -> like(e);
            case Expr.Is e -> is(e);
            case Expr.If e -> choice(e);
            case Expr.SetOf e -> set(e);
            case Expr.RecordOf e -> record(e);
            case Expr.Call e -> call(e);
        };
    }

    private static Code variable(Expr.Variable.Name name) {
        return switch (name) {
            case PRINCIPAL -> env -> env.principal.reference();
            case ACTION -> env -> env.action.reference();
            case RESOURCE -> env -> env.resource.reference();
            case CONTEXT -> env -> env.context;
        };
    }

    private static Test not(Test operand) {
        return env -> !operand.test(env);
    }

    private static Test[] tests(List<Expr> operands) {
        return operands.stream().map(Compiler::test).toArray(Test[]::new);
    }

    private static Test all(Test[] operands) {
        if (operands.length == 2) {
            Test first = operands[0];
            Test second = operands[1];
            return env -> first.test(env) && second.test(env);
        }
        return env -> {
            for (Test operand : operands) {
                if (!operand.test(env)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Test any(Test[] operands) {
        if (operands.length == 2) {
            Test first = operands[0];
            Test second = operands[1];
            return env -> first.test(env) || second.test(env);
        }
        return env -> {
            for (Test operand : operands) {
                if (operand.test(env)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Code binary(Expr.Binary e) {
        return switch (e.operator()) {
            case EQUAL -> equal(e);
            case NOT_EQUAL -> not(equal(e));
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Arithmetic.compare(e);
            case IN -> Membership.in(e);
            case ADD, SUBTRACT, MULTIPLY -> Arithmetic.calculate(e);
            case CONTAINS, CONTAINS_ALL, CONTAINS_ANY -> Sets.binary(e);
            case GET_TAG, HAS_TAG -> Attributes.tag(e);
        };
    }

    private static Test equal(Expr.Binary e) {
        Code left = compile(e.left());
        Code right = compile(e.right());
        if (right instanceof Constant(Value value)) {
            return env -> value.equals(left.eval(env));
        }
        return env -> left.eval(env).equals(right.eval(env));
    }

    private static Test like(Expr.Like e) {
        Code target = compile(e.target());
        LikeMatcher matcher = new LikeMatcher(e.pattern());
        Span at = e.target().at();
        return env -> {
            Value value = target.eval(env);
            if (value instanceof Value.Text(String text)) {
                return matcher.matches(text);
            }
            throw Code.mismatch("string", value, at);
        };
    }

    private static Test is(Expr.Is e) {
        Code target = compile(e.target());
        String type = e.type();
        Span at = e.target().at();
        Test typed = env -> Membership.entity(target.eval(env), at).type().equals(type);
        @Nullable Expr in = e.in();
        if (in == null) {
            return typed;
        }
        Test member = Membership.in(target, at, in);
        return env -> typed.test(env) && member.test(env);
    }

    private static Code choice(Expr.If e) {
        Test condition = test(e.condition());
        Code then = compile(e.then());
        Code otherwise = compile(e.otherwise());
        if (then instanceof Test yes && otherwise instanceof Test no) {
            return (Test) env -> condition.test(env) ? yes.test(env) : no.test(env);
        }
        return env -> condition.test(env) ? then.eval(env) : otherwise.eval(env);
    }

    private static Code set(Expr.SetOf e) {
        Code[] elements = compileAll(e.elements());
        return folded(
                env -> {
                    Set<Value> values = HashSet.newHashSet(elements.length);
                    for (Code element : elements) {
                        values.add(element.eval(env));
                    }
                    return new Value.SetOf(values);
                },
                elements);
    }

    private static Code record(Expr.RecordOf e) {
        String[] names = e.fields().stream().map(Expr.Field::name).toArray(String[]::new);
        Code[] codes = compileAll(e.fields().stream().map(Expr.Field::value).toList());
        return folded(
                env -> {
                    Map<String, Value> values = HashMap.newHashMap(names.length);
                    for (int i = 0; i < names.length; i++) {
                        values.put(names[i], codes[i].eval(env));
                    }
                    return new Value.Fields(values);
                },
                codes);
    }

    private static Code call(Expr.Call e) {
        Code[] arguments = compileAll(e.arguments());
        return folded(ExtensionCalls.call(e, arguments), arguments);
    }

    private static Code[] compileAll(List<Expr> exprs) {
        return exprs.stream().map(Compiler::compile).toArray(Code[]::new);
    }

    /** A constant if all parts are, and the whole has a value. */
    private static Code folded(Code code, Code[] parts) {
        if (!Arrays.stream(parts).allMatch(Constant.class::isInstance)) {
            return code;
        }
        try {
            return new Constant(code.eval(Env.NOTHING));
        } catch (EvaluationException e) {
            // It has no value: that is an error when, and only when, it is evaluated.
            return code;
        }
    }
}
