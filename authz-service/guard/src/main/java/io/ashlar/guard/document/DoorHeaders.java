package io.ashlar.guard.document;

import io.ashlar.authz.call.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The grammar of headers: those every request may carry, those every answer does, and words for those some operations take. */
final class DoorHeaders {

    static final String RETRY_AFTER = "Retry-After";

    private static final String TRACEPARENT = "traceparent";
    private static final Map<String, String> TAKEN_BY_SOME = Map.of(
            Headers.IDEMPOTENCY_KEY,
            "1 to 255 visible ASCII characters. The same key and body again get the same answer; with another body, 422.",
            Headers.CONSISTENCY,
            "strong | eventual | session; session needs a token. Default: eventual, or session with a token.",
            Headers.MAX_STALENESS_MS,
            "The greatest lag of a replica that may answer, in milliseconds, 0 to 86400000.",
            Headers.CONSISTENCY_TOKEN,
            "v1.…, from a write's or a read's answer: what is read has seen at least that.",
            "If-Match",
            "The ETag that was read; a change in between is answered 412.",
            "If-None-Match",
            "On a write, * only: it creates, or is answered 412. On a read, an ETag: unchanged is answered 304.");

    private DoorHeaders() {}

    /** By name, as components. */
    static Map<String, Parameter> parameters() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        parameters.put(
                Headers.REQUEST_ID,
                parameter(
                        Headers.REQUEST_ID,
                        "Names the request in answers, logs and audit; made where it is absent or unusable.",
                        "7d0c6f1e"));
        parameters.put(
                TRACEPARENT,
                parameter(
                        TRACEPARENT,
                        "W3C Trace Context: the request joins this trace.",
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        parameters.put(
                Headers.ON_BEHALF_OF,
                parameter(
                        Headers.ON_BEHALF_OF,
                        "<tenant>/<sub>: the user a service account acts for; needs the role platform:on-behalf-of.",
                        "11111111-1111-4111-8111-111111111111/00000000-0000-4000-8000-000000000001"));
        return parameters;
    }

    /** By name, as components. */
    static Map<String, Header> answers() {
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put(Headers.REQUEST_ID, header("The request's name, the caller's or a new one.", "7d0c6f1e"));
        if (Refusals.limited()) {
            headers.put("RateLimit-Limit", header("Requests that may come at once.", "300"));
            headers.put("RateLimit-Remaining", header("How many of them are left.", "299"));
            headers.put("RateLimit-Reset", header("Seconds until all are there again.", "1"));
        }
        headers.put(RETRY_AFTER, header("Seconds until it is worth asking again.", "1"));
        return headers;
    }

    /** Gives a parameter that an operation declares the words of the grammar, unless it has its own. */
    static void describe(Parameter parameter) {
        String words = parameter.getName() == null ? null : TAKEN_BY_SOME.get(parameter.getName());
        if (words != null && parameter.getIn() == Parameter.In.HEADER && parameter.getDescription() == null) {
            parameter.setDescription(words);
        }
    }

    private static Parameter parameter(String name, String description, String example) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(text())
                .example(example);
    }

    private static Header header(String description, String example) {
        return OASFactory.createHeader().description(description).schema(text()).example(example);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
