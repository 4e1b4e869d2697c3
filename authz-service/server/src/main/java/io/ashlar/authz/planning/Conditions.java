package io.ashlar.authz.planning;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.planning.Terms.Attribute;
import io.ashlar.authz.planning.Terms.Constant;
import io.ashlar.authz.planning.Terms.Failing;
import io.ashlar.authz.planning.Terms.Term;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Literal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Translates conditions: {@code ==}, {@code in}, {@code &&}, {@code contains} of a known set, and constants. */
final class Conditions {

    private final Subject subject;
    private final Terms terms;

    Conditions(Subject subject) {
        this.subject = subject;
        this.terms = new Terms(subject);
    }

    Formula all(JsonNode conditions) throws NotTranslatableException {
        Formula all = Formula.TRUE;
        for (int i = 0; i < conditions.size(); i++) {
            JsonNode condition = conditions.get(i);
            String place = "/conditions/" + i;
            String kind = condition.path("kind").asText();
            if (!kind.equals("when")) {
                throw new NotTranslatableException(place, kind + " cannot be translated yet");
            }
            if (!Formula.isNone(all.isTrue())) {
                all = all.andThen(formula(condition.path("body"), place + "/body"));
            }
        }
        return all;
    }

    private Formula formula(JsonNode node, String place) throws NotTranslatableException {
        if (node.size() != 1) {
            throw new NotTranslatableException(place, "an expression of an unknown form");
        }
        String kind = node.fieldNames().next();
        JsonNode left = node.path(kind).path("left");
        JsonNode right = node.path(kind).path("right");
        String at = place + '/' + kind;
        return switch (kind) {
            case "Value" ->
                node.path(kind).isBoolean() ? Formula.of(node.path(kind).asBoolean()) : Formula.ERROR;
            case "&&" -> {
                Formula first = formula(left, at + "/left");
                // Where the left side is never true the right one is never looked at.
                yield Formula.isNone(first.isTrue()) ? first : first.andThen(formula(right, at + "/right"));
            }
            case "==" -> equal(terms.term(left, at + "/left"), terms.term(right, at + "/right"), at);
            case "in" -> in(terms.term(left, at + "/left"), terms.term(right, at + "/right"), at);
            case "contains" -> contains(terms.term(left, at + "/left"), terms.term(right, at + "/right"), at);
            default -> throw new NotTranslatableException(at, "the operator " + kind + " cannot be translated yet");
        };
    }

    private static Formula equal(Term left, Term right, String place) throws NotTranslatableException {
        if (left instanceof Failing || right instanceof Failing) {
            return Formula.ERROR;
        }
        if (left instanceof Constant(CedarValue a) && right instanceof Constant(CedarValue b)) {
            requirePlain(a, place + "/left");
            requirePlain(b, place + "/right");
            return Formula.of(a.equals(b));
        }
        if (left instanceof Attribute(String name) && right instanceof Constant(CedarValue value)) {
            return Formula.equal(name, literal(value, place + "/right"));
        }
        if (right instanceof Attribute(String name) && left instanceof Constant(CedarValue value)) {
            return Formula.equal(name, literal(value, place + "/left"));
        }
        throw new NotTranslatableException(place, "two attributes of a row cannot be compared yet");
    }

    private Formula in(Term left, Term right, String place) throws NotTranslatableException {
        if (left instanceof Attribute || right instanceof Attribute) {
            throw new NotTranslatableException(
                    place, "in over an attribute of the row needs its entity type, which is unknown");
        }
        if (left instanceof Constant known
                && known.value() instanceof CedarValue.Reference child
                && right instanceof Constant target) {
            return in(child.uid(), target.value());
        }
        return Formula.ERROR;
    }

    private Formula in(EntityUid child, CedarValue target) {
        return switch (target) {
            case CedarValue.Reference ancestor -> Formula.of(subject.isIn().test(child, ancestor.uid()));
            case CedarValue.SetOf ancestors -> inAny(child, ancestors.values());
            case CedarValue.Text text -> Formula.ERROR;
            case CedarValue.Whole number -> Formula.ERROR;
            case CedarValue.Flag flag -> Formula.ERROR;
            case CedarValue.Fields fields -> Formula.ERROR;
            case CedarValue.Extension extension -> Formula.ERROR;
        };
    }

    private Formula inAny(EntityUid uid, Set<CedarValue> ancestors) {
        boolean found = false;
        for (CedarValue ancestor : ancestors) {
            if (ancestor instanceof CedarValue.Reference name) {
                found |= subject.isIn().test(uid, name.uid());
            } else {
                return Formula.ERROR;
            }
        }
        return Formula.of(found);
    }

    private static Formula contains(Term left, Term right, String place) throws NotTranslatableException {
        if (left instanceof Attribute) {
            throw new NotTranslatableException(place + "/left", "contains of a row's own set cannot be translated yet");
        }
        if (right instanceof Failing || !(left instanceof Constant known)) {
            return Formula.ERROR;
        }
        if (!(known.value() instanceof CedarValue.SetOf set)) {
            return Formula.ERROR;
        }
        return switch (right) {
            case Failing failing -> Formula.ERROR;
            case Attribute attribute -> Formula.oneOf(attribute.name(), literals(set.values(), place + "/left"));
            case Constant member -> {
                requirePlain(member.value(), place + "/right");
                requirePlain(set, place + "/left");
                yield Formula.of(set.values().contains(member.value()));
            }
        };
    }

    /** The order of a set is arbitrary; a plan's hash must not be. */
    private static List<Literal> literals(Set<CedarValue> values, String place) throws NotTranslatableException {
        List<Literal> literals = new ArrayList<>();
        for (CedarValue value : values.stream()
                .sorted(Comparator.comparing(CedarValue::toString))
                .toList()) {
            literals.add(literal(value, place));
        }
        return literals;
    }

    private static Literal literal(CedarValue value, String place) throws NotTranslatableException {
        return switch (value) {
            case CedarValue.Text(String text) -> Literal.of(text);
            case CedarValue.Whole(long number) -> Literal.of(number);
            case CedarValue.Flag(boolean flag) -> Literal.of(flag);
            case CedarValue.Reference reference -> throw unsupported(place, "an entity");
            case CedarValue.SetOf set -> throw unsupported(place, "a set");
            case CedarValue.Fields fields -> throw unsupported(place, "a record");
            case CedarValue.Extension extension -> throw unsupported(place, "a value of an extension type");
        };
    }

    private static NotTranslatableException unsupported(String place, String what) {
        return new NotTranslatableException(
                place, "an attribute of the row compared with " + what + " cannot be translated yet");
    }

    /** Extension values have several spellings; only the engine knows which are equal. */
    private static void requirePlain(CedarValue value, String place) throws NotTranslatableException {
        switch (value) {
            case CedarValue.Extension extension ->
                throw new NotTranslatableException(place, "values of extension types cannot be compared yet");
            case CedarValue.SetOf(Set<CedarValue> values) -> {
                for (CedarValue inner : values) {
                    requirePlain(inner, place);
                }
            }
            case CedarValue.Fields fields -> {
                for (CedarValue inner : fields.values().values()) {
                    requirePlain(inner, place);
                }
            }
            case CedarValue.Text text -> {}
            case CedarValue.Whole number -> {}
            case CedarValue.Flag flag -> {}
            case CedarValue.Reference reference -> {}
        }
    }
}
