package io.ashlar.cedar.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an expression with as few parentheses as the grammar asks for. */
final class ExprWriter {

    // How tightly what is written binds; an operand that binds less than its place asks for stands in parentheses.
    private static final int IF = 0;
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int RELATION = 3;
    private static final int SUM = 4;
    private static final int PRODUCT = 5;
    private static final int UNARY = 6;
    private static final int MEMBER = 7;

    private final StringBuilder out;

    ExprWriter(StringBuilder out) {
        this.out = out;
    }

    void write(Expr expr) {
        write(expr, IF);
    }

    private void write(Expr expr, int place) {
        boolean parentheses = strength(expr) < place;
        out.append(parentheses ? "(" : "");
        switch (expr) {
            case Expr.Flag e -> out.append(e.value());
            case Expr.Whole e -> out.append(e.value());
            case Expr.Text e -> out.append(Escapes.quoted(e.value()));
            case Expr.Reference e -> out.append(PolicyFormatter.format(e.uid()));
            case Expr.Variable e -> out.append(e.name().text());
            case Expr.Not e -> {
                out.append('!');
                write(e.operand(), MEMBER);
            }
            case Expr.Negate e -> negate(e.operand());
            case Expr.And e -> chain(e.operands(), " && ", RELATION);
            case Expr.Or e -> chain(e.operands(), " || ", AND);
            case Expr.Binary e -> binary(e);
            case Expr.IsEmpty e -> call(e.operand(), "isEmpty", List.of());
            case Expr.Attribute e -> attribute(e);
            case Expr.Has e -> {
                write(e.target(), SUM);
                out.append(" has ").append(Identifiers.isName(e.name()) ? e.name() : Escapes.quoted(e.name()));
            }
            case Expr.Like e -> {
                write(e.target(), SUM);
                out.append(" like ").append(Escapes.quoted(e.pattern()));
            }
            case Expr.Is(Expr target, String type, @Nullable Expr in, Span at) -> {
                write(target, SUM);
                out.append(" is ").append(type);
                if (in != null) {
                    out.append(" in ");
                    write(in, SUM);
                }
            }
            case Expr.If e -> {
                out.append("if ");
                write(e.condition(), IF);
                out.append(" then ");
                write(e.then(), IF);
                out.append(" else ");
                write(e.otherwise(), IF);
            }
            case Expr.SetOf e -> list("[", e.elements(), "]");
            case Expr.RecordOf e -> record(e.fields());
            case Expr.Call e -> function(e);
        }
        out.append(parentheses ? ")" : "");
    }

    private static int strength(Expr expr) {
        return switch (expr) {
            case Expr.If e -> IF;
            case Expr.Or e -> OR;
            case Expr.And e -> AND;
            case Expr.Has e -> RELATION;
            case Expr.Like e -> RELATION;
            case Expr.Is e -> RELATION;
            case Expr.Binary e ->
                switch (e.operator().form()) {
                    case RELATION -> RELATION;
                    case SUM -> SUM;
                    case PRODUCT -> PRODUCT;
                    case METHOD -> MEMBER;
                };
            case Expr.Not e -> UNARY;
            case Expr.Negate e -> UNARY;
            case Expr.Whole e -> e.value() < 0 ? UNARY : MEMBER;
            case Expr.Flag e -> MEMBER;
            case Expr.Text e -> MEMBER;
            case Expr.Reference e -> MEMBER;
            case Expr.Variable e -> MEMBER;
            case Expr.IsEmpty e -> MEMBER;
            case Expr.Attribute e -> MEMBER;
            case Expr.SetOf e -> MEMBER;
            case Expr.RecordOf e -> MEMBER;
            case Expr.Call e -> MEMBER;
        };
    }

    /** A minus sign before a bare number would make it another literal. */
    private void negate(Expr operand) {
        boolean number = operand instanceof Expr.Whole(long value, Span at) && value >= 0;
        out.append(number ? "-(" : "-");
        write(operand, MEMBER);
        out.append(number ? ")" : "");
    }

    /** The first operand is none of its own kind, for such a chain is one node. */
    private void chain(List<Expr> operands, String operator, int place) {
        for (int i = 0; i < operands.size(); i++) {
            out.append(i == 0 ? "" : operator);
            write(operands.get(i), place);
        }
    }

    private void binary(Expr.Binary e) {
        switch (e.operator().form()) {
            case RELATION -> infix(e, SUM, SUM);
            case SUM -> infix(e, SUM, PRODUCT);
            case PRODUCT -> infix(e, PRODUCT, UNARY);
            case METHOD -> call(e.left(), e.operator().text(), List.of(e.right()));
        }
    }

    private void infix(Expr.Binary e, int left, int right) {
        write(e.left(), left);
        out.append(' ').append(e.operator().text()).append(' ');
        write(e.right(), right);
    }

    private void attribute(Expr.Attribute e) {
        write(e.target(), MEMBER);
        if (Identifiers.isName(e.name())) {
            out.append('.').append(e.name());
        } else {
            out.append('[').append(Escapes.quoted(e.name())).append(']');
        }
    }

    private void call(Expr target, String method, List<Expr> arguments) {
        write(target, MEMBER);
        out.append('.').append(method);
        list("(", arguments, ")");
    }

    private void function(Expr.Call e) {
        if (e.function().isMethod()) {
            call(
                    e.arguments().getFirst(),
                    e.function().text(),
                    e.arguments().subList(1, e.arguments().size()));
        } else {
            out.append(e.function().text());
            list("(", e.arguments(), ")");
        }
    }

    private void list(String open, List<Expr> elements, String close) {
        out.append(open);
        for (int i = 0; i < elements.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(elements.get(i), IF);
        }
        out.append(close);
    }

    private void record(List<Expr.Field> fields) {
        out.append('{');
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            out.append(i == 0 ? "" : ", ")
                    .append(Identifiers.isName(name) ? name : Escapes.quoted(name))
                    .append(": ");
            write(fields.get(i).value(), IF);
        }
        out.append('}');
    }
}
