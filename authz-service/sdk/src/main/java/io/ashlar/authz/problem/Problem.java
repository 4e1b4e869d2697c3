package io.ashlar.authz.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.ashlar.filter.dsl.Fault;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer of media type {@value #MEDIA_TYPE} (RFC 9457).
 *
 * @param type {@code urn:ashlar:problem:<code>}
 * @param title the code's meaning, the same for every occurrence
 * @param status the HTTP status
 * @param code the stable name clients branch on
 * @param detail this occurrence, in words; never a stack trace, an SQL text or another tenant's existence
 * @param requestId the request's id, if known where the problem was made
 * @param errors every fault found, in the order of the request; empty if there is nothing more to say
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "code", "detail", "request_id", "errors"})
public record Problem(
        URI type,
        String title,
        int status,
        String code,
        String detail,
        @JsonProperty("request_id") @Nullable String requestId,
        List<Fault> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";
    static final String TYPE_PREFIX = "urn:ashlar:problem:";

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ErrorCode error, String detail, List<Fault> errors) {
        return new Problem(
                URI.create(TYPE_PREFIX + error.code()),
                error.title(),
                error.status(),
                error.code(),
                detail,
                null,
                errors);
    }

    public static Problem of(ErrorCode error, String detail) {
        return of(error, detail, List.of());
    }

    /** The same problem, naming the request it belongs to. */
    public Problem withRequestId(@Nullable String id) {
        return new Problem(type, title, status, code, detail, id, errors);
    }
}
