package io.ashlar.authz.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One policy in two versions.
 *
 * @param id whose
 * @param change whether it was {@code added}, {@code removed} or only its text is another
 * @param before its text, absent where it was added
 * @param after its text, absent where it was removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyDifference(
        String id,
        String change,
        @Nullable String before,
        @Nullable String after) {

    /** One of the texts may be null, not both. */
    public static PolicyDifference of(String id, @Nullable String before, @Nullable String after) {
        String change = before == null ? "added" : after == null ? "removed" : "changed";
        return new PolicyDifference(id, change, before, after);
    }
}
