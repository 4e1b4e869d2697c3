package io.ashlar.cedar.syntax;

import io.ashlar.cedar.EntityUid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression of the Cedar language. Immutable; equality is that of the tree, without the places where it is written.
 *
 * <p>Trees are canonical where Cedar's own JSON cannot tell two spellings apart: a chain of {@code &&} or {@code ||} that
 * groups to the left is one node, and the fields of a record are in the order of their names.
 */
public sealed interface Expr {

    /** Where it is written. */
    Span at();

    /** {@code true} or {@code false}. */
    record Flag(boolean value, Span at) implements Expr {}

    /** A 64-bit integer. */
    record Whole(long value, Span at) implements Expr {}

    /** A string. */
    record Text(String value, Span at) implements Expr {}

    /** The name of an entity. */
    record Reference(EntityUid uid, Span at) implements Expr {}

    /** A part of the request. */
    record Variable(Name name, Span at) implements Expr {

        /** Which part. */
        public enum Name {
            PRINCIPAL("principal"),
            ACTION("action"),
            RESOURCE("resource"),
            CONTEXT("context");

            private final String text;

            Name(String text) {
                this.text = text;
            }

            /** Its spelling. */
            public String text() {
                return text;
            }
        }
    }

    /** {@code !a}. */
    record Not(Expr operand, Span at) implements Expr {}

    /** {@code -a}; a negative literal is a {@link Whole}. */
    record Negate(Expr operand, Span at) implements Expr {}

    /** {@code a && b && …}, read from the left until one is false. */
    record And(List<Expr> operands, Span at) implements Expr {
        public And {
            operands = chain(
                    operands, operands.getFirst() instanceof And(List<Expr> inner, Span span) ? inner : List.of());
        }
    }

    /** {@code a || b || …}, read from the left until one is true. */
    record Or(List<Expr> operands, Span at) implements Expr {
        public Or {
            operands =
                    chain(operands, operands.getFirst() instanceof Or(List<Expr> inner, Span span) ? inner : List.of());
        }
    }

    /** Two operands, both read. */
    record Binary(Operator operator, Expr left, Expr right, Span at) implements Expr {}

    /** {@code a.isEmpty()}. */
    record IsEmpty(Expr operand, Span at) implements Expr {}

    /** {@code a.name} or {@code a["name"]}. */
    record Attribute(Expr target, String name, Span at) implements Expr {}

    /** {@code a has name}; <code>a has first.second</code> is read as <code>a has first && a.first has second</code>. */
    record Has(Expr target, String name, Span at) implements Expr {}

    /** {@code a like "pattern"}. */
    record Like(Expr target, Pattern pattern, Span at) implements Expr {}

    /** {@code a is Type} or {@code a is Type in b}. */
    record Is(Expr target, String type, @Nullable Expr in, Span at) implements Expr {}

    /** {@code if a then b else c}; only one of the two is read. */
    record If(Expr condition, Expr then, Expr otherwise, Span at) implements Expr {}

    /** {@code [a, b]}. */
    record SetOf(List<Expr> elements, Span at) implements Expr {
        public SetOf {
            elements = List.copyOf(elements);
        }
    }

    /** <code>{a: b}</code>, each name once. */
    record RecordOf(List<Field> fields, Span at) implements Expr {
        public RecordOf {
            fields = fields.stream().sorted(Comparator.comparing(Field::name)).toList();
            Set<String> names = new HashSet<>();
            for (Field field : fields) {
                if (!names.add(field.name())) {
                    throw new IllegalArgumentException("the field " + field.name() + " is there twice");
                }
            }
        }
    }

    /** A field of a record literal. */
    record Field(String name, Expr value) {}

    /** A function of an extension type; of a method, the receiver is the first argument. The number of arguments is free. */
    record Call(ExtensionFunction function, List<Expr> arguments, Span at) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
            if (function.isMethod() && arguments.isEmpty()) {
                throw new IllegalArgumentException(function.text() + " is called on a value");
            }
        }
    }

    /** The direct parts, from left to right. */
    default List<Expr> children() {
        return switch (this) {
            case Flag e -> List.of();
            case Whole e -> List.of();
            case Text e -> List.of();
            case Reference e -> List.of();
            case Variable e -> List.of();
            case Not e -> List.of(e.operand());
            case Negate e -> List.of(e.operand());
            case And e -> e.operands();
            case Or e -> e.operands();
            case Binary e -> List.of(e.left(), e.right());
            case IsEmpty e -> List.of(e.operand());
            case Attribute e -> List.of(e.target());
            case Has e -> List.of(e.target());
            case Like e -> List.of(e.target());
            case Is(Expr target, String type, @Nullable Expr in, Span at) ->
                in == null ? List.of(target) : List.of(target, in);
            case If e -> List.of(e.condition(), e.then(), e.otherwise());
            case SetOf e -> e.elements();
            case RecordOf e -> e.fields().stream().map(Field::value).toList();
            case Call e -> e.arguments();
        };
    }

    private static List<Expr> chain(List<Expr> operands, List<Expr> first) {
        if (operands.size() < 2) {
            throw new IllegalArgumentException("a chain has at least two operands");
        }
        if (first.isEmpty()) {
            return List.copyOf(operands);
        }
        List<Expr> flat = new ArrayList<>(first);
        flat.addAll(operands.subList(1, operands.size()));
        return List.copyOf(flat);
    }
}
