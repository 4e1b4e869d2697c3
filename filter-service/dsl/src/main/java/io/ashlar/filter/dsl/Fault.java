package io.ashlar.filter.dsl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with an input: an element of {@code errors[]} in every problem+json answer of the house.
 *
 * @param code stable, snake_case
 * @param pointer RFC 6901 pointer into the request's body; empty for the whole
 * @param detail one sentence for a person; never an internal text, never a value that was not sent
 * @param allowed what would have been accepted, where that is a short list
 * @param didYouMean the nearest accepted spelling
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        String code,
        String pointer,
        String detail,
        @Nullable List<String> allowed,
        @JsonProperty("did_you_mean") @Nullable String didYouMean) {

    public Fault {
        allowed = allowed == null ? null : List.copyOf(allowed);
    }

    public Fault(String code, String pointer, String detail) {
        this(code, pointer, detail, null, null);
    }
}
