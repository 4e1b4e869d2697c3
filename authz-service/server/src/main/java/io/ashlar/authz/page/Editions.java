package io.ashlar.authz.page;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code ETag} and {@code If-Match}: the number under which a state was written (RFC 9110 §13). */
public final class Editions {

    private Editions() {}

    /** The strong tag of an edition. */
    public static String tag(long edition) {
        return "\"" + edition + '"';
    }

    /** The answer that shows a state: 201 if it was created, and its tag. */
    public static Response answer(boolean created, Object state, long edition) {
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(state)
                .header(HttpHeaders.ETAG, tag(edition))
                .build();
    }

    /**
     * Ends the request unless the present state is one the client means.
     *
     * @param ifMatch the header, or null
     * @param ifNoneMatch the header, or null: {@code *} creates only
     * @param present the edition there is, if there is one
     * @throws ProblemException {@code precondition_failed}
     */
    public static void require(@Nullable String ifMatch, @Nullable String ifNoneMatch, OptionalLong present) {
        if (ifMatch != null) {
            boolean matches = present.isPresent()
                    && Arrays.stream(ifMatch.split(",", -1))
                            .map(String::strip)
                            .anyMatch(tag -> tag.equals("*") || tag.equals(tag(present.getAsLong())));
            if (!matches) {
                throw failed("the state is another than If-Match names");
            }
        }
        if (ifNoneMatch != null && ifNoneMatch.strip().equals("*") && present.isPresent()) {
            throw failed("it exists already");
        }
    }

    private static ProblemException failed(String detail) {
        return new ProblemException(DoorError.PRECONDITION_FAILED, detail);
    }
}
