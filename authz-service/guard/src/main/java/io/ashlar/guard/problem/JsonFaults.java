package io.ashlar.guard.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the JSON reader found, in our words: its own name classes and quote values. */
public final class JsonFaults {

    private JsonFaults() {}

    /** The problem of a body that could not be read. */
    public static Problem problem(JsonProcessingException failure) {
        return problem(failure, List.of());
    }

    /** The same, after faults that were found before it. */
    public static Problem problem(JsonProcessingException failure, List<Fault> before) {
        Throwable cause = failure.getCause();
        if (cause instanceof ProblemException ours) {
            return ours.problem();
        }
        if (failure instanceof InputCoercionException number) {
            return invalid(before, new Fault("out_of_range", at(number), "expected a number that fits"));
        }
        if (!(failure instanceof DatabindException binding) || syntax(cause)) {
            JsonProcessingException where =
                    syntax(cause) && cause instanceof JsonProcessingException inner ? inner : failure;
            return Problem.of(DoorError.MALFORMED_JSON, malformed(where));
        }
        if (trailing(binding)) {
            return Problem.of(DoorError.MALFORMED_JSON, "there is more text after the end of the JSON");
        }
        return invalid(before, fault(binding));
    }

    /** Jackson has no type of its own for this. */
    private static boolean trailing(DatabindException failure) {
        String message = failure.getOriginalMessage();
        return message != null && message.startsWith("Trailing token");
    }

    private static Problem invalid(List<Fault> before, Fault last) {
        List<Fault> faults = new ArrayList<>(before);
        faults.add(last);
        return Problem.of(DoorError.INVALID_REQUEST, "the body is not valid", faults);
    }

    private static String at(InputCoercionException failure) {
        return failure.getProcessor() == null
                ? ""
                : failure.getProcessor().getParsingContext().pathAsPointer().toString();
    }

    /** A field that nothing reads. */
    public static Fault unknown(String pointer, String name, Collection<String> known) {
        List<String> sorted = known.stream().sorted().toList();
        return new Fault("unknown_field", pointer, "no such field", sorted, Suggestion.nearest(name, sorted));
    }

    /** RFC 6901. */
    public static String pointer(List<JsonMappingException.Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(step.getFieldName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return pointer.toString();
    }

    private static boolean syntax(@Nullable Throwable cause) {
        return (cause instanceof StreamReadException && !(cause instanceof InputCoercionException))
                || cause instanceof StreamConstraintsException;
    }

    private static String malformed(JsonProcessingException failure) {
        String what = failure instanceof StreamConstraintsException
                ? "the body is deeper or longer than is read"
                : duplicate(failure) ? "a field is there twice" : "the body is not JSON";
        @Nullable JsonLocation where = failure.getLocation();
        return where == null ? what : what + ", line " + where.getLineNr() + ", column " + where.getColumnNr();
    }

    private static boolean duplicate(JsonProcessingException failure) {
        String message = failure.getOriginalMessage();
        return message != null && message.startsWith("Duplicate field");
    }

    private static Fault fault(DatabindException failure) {
        String at = failure instanceof JsonMappingException mapping ? pointer(mapping.getPath()) : "";
        if (failure.getCause() instanceof InputCoercionException) {
            return new Fault("out_of_range", at, "expected a number that fits");
        }
        return switch (failure) {
            case UnrecognizedPropertyException unknown ->
                unknown(at, unknown.getPropertyName(), names(unknown.getKnownPropertyIds()));
            case InvalidNullException missing -> new Fault("missing", at, "must not be null");
            case InvalidFormatException format -> invalid(at, format);
            case MismatchedInputException mismatch -> new Fault("wrong_type", at, expected(mismatch.getTargetType()));
            case ValueInstantiationException refused -> new Fault("value_invalid", at, "not an allowed value");
            default -> new Fault("value_invalid", at, "cannot be read");
        };
    }

    private static Fault invalid(String at, InvalidFormatException failure) {
        Class<?> target = failure.getTargetType();
        if (target != null && target.isEnum()) {
            List<String> allowed = Arrays.stream(target.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .toList();
            return new Fault(
                    "value_invalid",
                    at,
                    "not one of the allowed values",
                    allowed,
                    Suggestion.nearest(String.valueOf(failure.getValue()).toLowerCase(Locale.ROOT), allowed));
        }
        return new Fault("value_invalid", at, expected(target));
    }

    private static String expected(@Nullable Class<?> target) {
        if (target == null) {
            return "of another type than expected";
        }
        if (Collection.class.isAssignableFrom(target) || target.isArray()) {
            return "expected an array";
        }
        if (target == String.class || target.isEnum()) {
            return "expected a string";
        }
        if (target == Boolean.class || target == boolean.class) {
            return "expected true or false";
        }
        if (Number.class.isAssignableFrom(target) || target.isPrimitive()) {
            return "expected a number";
        }
        String name = target.getSimpleName();
        return switch (name) {
            case "UUID" -> "expected a UUID";
            case "Instant", "OffsetDateTime" -> "expected a time, RFC 3339";
            case "LocalDate" -> "expected a date, YYYY-MM-DD";
            case "Duration" -> "expected a duration, ISO 8601";
            case "URI" -> "expected a URI";
            default -> "expected an object";
        };
    }

    private static List<String> names(@Nullable Collection<Object> ids) {
        return ids == null ? List.of() : ids.stream().map(String::valueOf).toList();
    }
}
