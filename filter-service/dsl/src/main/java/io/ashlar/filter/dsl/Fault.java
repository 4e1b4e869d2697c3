package io.ashlar.filter.dsl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an input: an element of {@code errors[]} in every problem+json answer of the house.
 *
 * @param code stable, snake_case
 * @param pointer RFC 6901 pointer into the request's body; empty for the whole
 * @param detail one sentence for a person; never an internal text, never a value that was not sent
 * @param allowed what would have been accepted, where that is a short list
 * @param didYouMean the nearest accepted spelling
 * @param fix an RFC 6902 patch of the body, only where there is no doubt what was meant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        String code,
        String pointer,
        String detail,
        @Nullable List<String> allowed,
        @JsonProperty("did_you_mean") @Nullable String didYouMean,
        @Nullable List<JsonPatch> fix) {

    public Fault {
        allowed = allowed == null ? null : List.copyOf(allowed);
        fix = fix == null ? null : List.copyOf(fix);
    }

    public Fault(
            String code, String pointer, String detail, @Nullable List<String> allowed, @Nullable String didYouMean) {
        this(code, pointer, detail, allowed, didYouMean, null);
    }

    public Fault(String code, String pointer, String detail) {
        this(code, pointer, detail, null, null, null);
    }

    /** The same, mended so. */
    public Fault withFix(JsonPatch... patch) {
        return new Fault(code, pointer, detail, allowed, didYouMean, List.of(patch));
    }

    /** The same in a body in which the input stands at this pointer. */
    public Fault under(String prefix) {
        return moved(inner -> prefix + inner);
    }

    /** The same with other pointers, those of the fix too. */
    public Fault moved(UnaryOperator<String> pointers) {
        List<JsonPatch> patch = fix == null
                ? null
                : fix.stream().map(step -> step.moved(pointers)).toList();
        return new Fault(code, pointers.apply(pointer), detail, allowed, didYouMean, patch);
    }
}
