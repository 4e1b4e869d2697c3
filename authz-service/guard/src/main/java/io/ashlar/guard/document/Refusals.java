package io.ashlar.guard.document;

import io.ashlar.authz.call.Headers;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The door's refusals by status, each with an example per code. */
final class Refusals {

    private static final String PROBLEM = "Problem";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final Set<String> WITH_RETRY = Set.of("429", "503");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("400", "InvalidRequest"),
            Map.entry("401", "Unauthenticated"),
            Map.entry("403", "Forbidden"),
            Map.entry("413", "BodyTooLarge"),
            Map.entry("415", "UnsupportedMediaType"),
            Map.entry("429", "RateLimited"),
            Map.entry("500", "InternalError"),
            Map.entry("503", "Unavailable"));

    private Refusals() {}

    /** The component that stands for a status. */
    static String name(String status) {
        return NAMES.getOrDefault(status, PROBLEM);
    }

    /** What the door may answer instead of an operation. */
    static List<String> of(boolean open, boolean body, boolean values) {
        List<String> statuses = new ArrayList<>();
        if (body || values) {
            statuses.add("400");
        }
        if (!open) {
            statuses.addAll(List.of("401", "403"));
        }
        if (body) {
            statuses.addAll(List.of("413", "415"));
        }
        if (limited()) {
            statuses.add("429");
        }
        statuses.addAll(List.of("500", "503"));
        return statuses;
    }

    /** As components: one for each status, and one for any refusal. */
    static Map<String, APIResponse> responses() {
        Map<String, APIResponse> responses = new LinkedHashMap<>();
        responses.put(PROBLEM, response("A refusal: RFC 9457, with a stable code and every fault.", List.of(), false));
        byStatus().forEach((status, codes) -> {
            if (NAMES.containsKey(status)) {
                responses.put(name(status), response(title(codes), codes, WITH_RETRY.contains(status)));
            }
        });
        return responses;
    }

    static Map<String, Schema> schemas() {
        Schema fault = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .addRequired("code")
                .addProperty("code", text("stable"))
                .addProperty("pointer", text("RFC 6901 into the body, or header:NAME, query:NAME, path:NAME"))
                .addProperty("detail", text("for people"))
                .addProperty(
                        "allowed",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(text("a value that would do")))
                .addProperty("did_you_mean", text("the nearest name there is"));
        Schema problem = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .description("RFC 9457")
                .addRequired("type")
                .addRequired("title")
                .addRequired("status")
                .addRequired("code")
                .addProperty("type", text("urn:ashlar:problem:<code>"))
                .addProperty("title", text("the same for every problem of the code"))
                .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
                .addProperty("code", text("stable, for programs"))
                .addProperty("detail", text("for people"))
                .addProperty("request_id", text("to be named when asking for help"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.ARRAY)
                                .items(OASFactory.createSchema().ref("Fault")));
        Map<String, Schema> schemas = new LinkedHashMap<>();
        schemas.put(PROBLEM, problem);
        schemas.put("Fault", fault);
        return schemas;
    }

    /** A problem's content, keeping the examples that an operation brings. */
    static Content content(@Nullable Content own) {
        MediaType type = own == null ? null : own.getMediaType(PROBLEM_JSON);
        if (type == null) {
            type = OASFactory.createMediaType();
        }
        type.setSchema(OASFactory.createSchema().ref(PROBLEM));
        return OASFactory.createContent().addMediaType(PROBLEM_JSON, type);
    }

    private static APIResponse response(String description, List<ErrorCode> codes, boolean retry) {
        Content content = content(null);
        MediaType type = content.getMediaType(PROBLEM_JSON);
        codes.forEach(code -> type.addExample(code.code(), example(code)));
        APIResponse response =
                OASFactory.createAPIResponse().description(description).content(content);
        DoorHeaders.answers().keySet().stream()
                .filter(name -> retry || name.equals(Headers.REQUEST_ID))
                .forEach(name ->
                        response.addHeader(name, OASFactory.createHeader().ref(name)));
        return response;
    }

    private static Example example(ErrorCode code) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("type", "urn:ashlar:problem:" + code.code());
        value.put("title", code.title());
        value.put("status", code.status());
        value.put("code", code.code());
        value.put("request_id", "7d0c6f1e");
        return OASFactory.createExample().value(value);
    }

    private static String title(List<ErrorCode> codes) {
        return String.join("; ", codes.stream().map(ErrorCode::title).toList());
    }

    private static Map<String, List<ErrorCode>> byStatus() {
        Map<String, List<ErrorCode>> codes = new TreeMap<>();
        for (DoorError code : DoorError.values()) {
            codes.computeIfAbsent(Integer.toString(code.status()), status -> new ArrayList<>())
                    .add(code);
        }
        return codes;
    }

    /** The router serves two services only and limits by its pools. */
    static boolean limited() {
        return ConfigProvider.getConfig()
                .getOptionalValue("ashlar.guard.rate-limit.enabled", Boolean.class)
                .orElse(true);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
