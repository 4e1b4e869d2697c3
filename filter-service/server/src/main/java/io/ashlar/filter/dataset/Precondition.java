package io.ashlar.filter.dataset;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a writer assumes about the present version ({@code If-Match}, {@code If-None-Match}; RFC 9110, section 13). */
public sealed interface Precondition {

    /** Nothing is said: creates, and repeats the present declaration, but never overwrites another one. */
    record Unsaid() implements Precondition {}

    /** {@code If-Match: *}. */
    record Present() implements Precondition {}

    /** {@code If-None-Match: *}. */
    record Absent() implements Precondition {}

    /** {@code If-Match: "3"}; an entity tag that is not a version of ours matches nothing. */
    record OneOf(Set<Long> versions) implements Precondition {

        public OneOf {
            versions = Set.copyOf(versions);
        }
    }

    /** Whether a declaration that differs from the present one may be written. */
    default boolean allows(OptionalLong presentVersion) {
        return switch (this) {
            case Unsaid() -> presentVersion.isEmpty();
            case Absent() -> presentVersion.isEmpty();
            case Present() -> presentVersion.isPresent();
            case OneOf(Set<Long> versions) ->
                presentVersion.isPresent() && versions.contains(presentVersion.getAsLong());
        };
    }

    /** Whether a declaration that equals the present one is answered as done. */
    default boolean allowsUnchanged(long presentVersion) {
        return this instanceof Unsaid || allows(OptionalLong.of(presentVersion));
    }

    /**
     * Reads the two headers.
     *
     * @throws ProblemException {@code invalid_request} if they contradict each other or are malformed
     */
    static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null) {
            if (ifMatch != null || !ifNoneMatch.strip().equals("*")) {
                throw malformed("If-None-Match", "only * is accepted here, and not together with If-Match");
            }
            return new Absent();
        }
        if (ifMatch == null) {
            return new Unsaid();
        }
        if (ifMatch.strip().equals("*")) {
            return new Present();
        }
        Set<Long> versions = new HashSet<>();
        for (String tag : ifMatch.split(",", -1)) {
            String stripped = tag.strip();
            if (stripped.startsWith("W/")) {
                // If-Match compares strongly: a weak tag is well-formed and matches nothing.
                stripped = stripped.substring(2);
                requireTag(stripped);
                continue;
            }
            requireTag(stripped);
            version(stripped.substring(1, stripped.length() - 1)).ifPresent(versions::add);
        }
        return new OneOf(versions);
    }

    private static void requireTag(String tag) {
        if (tag.length() < 2 || !tag.startsWith("\"") || !tag.endsWith("\"")) {
            throw malformed("If-Match", "expected * or entity tags as in \"3\"");
        }
    }

    private static OptionalLong version(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static ProblemException malformed(String header, String detail) {
        return new ProblemException(
                DoorError.INVALID_REQUEST,
                "A precondition is malformed.",
                List.of(new Fault("invalid_precondition", "header:" + header, detail)));
    }
}
