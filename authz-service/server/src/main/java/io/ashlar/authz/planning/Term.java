package io.ashlar.authz.planning;

import io.ashlar.cedar.value.Value;
import java.util.List;
import java.util.Map;

/** What an expression comes to before any row is known. */
sealed interface Term {

    /** The same value for every row. */
    record Known(Value value) implements Term {}

    /** An error for every row. */
    record Failing() implements Term {}

    /** The row itself. */
    record Row() implements Term {}

    /** A value of the row; an error where it is absent. */
    record Stored(String path, AttributeType type) implements Term {

        AttributeType.Kind kind() {
            return type.kind();
        }
    }

    /** A record of the row, there iff one of the attributes inside is. */
    record Inner(String path, List<String> inside) implements Term {}

    /** A number, instant or duration that is computed from one value of the row. */
    record Scaled(Stored of, Scale scale) implements Term {}

    /** A condition's own value. */
    record Test(Formula formula) implements Term {}

    /** A set of which not all is known. */
    record Elements(List<Term> elements) implements Term {}

    /** A record of which not all is known. */
    record Members(Map<String, Term> members) implements Term {}

    /** One where the condition is true, the other where it is false. */
    record Choice(Formula condition, Term then, Term otherwise) implements Term {}
}
