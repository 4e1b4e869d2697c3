package io.ashlar.export.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.export.ExportError;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.dsl.QueryReader;
import io.ashlar.filter.dsl.Suggestion;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.ParsedToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request for an export: strict, and with every fault at once. Thread-safe. */
final class OrderReader {

    private static final List<String> KEYS =
            List.of("source", "filters", "sort", "fields", "tz", "format", "priority", "notify", "consistency_token");
    private static final List<String> QUERY_KEYS = List.of("filters", "sort", "fields", "tz");
    private static final List<String> FORMATS = List.of("csv");
    private static final List<String> NOTIFICATIONS = List.of("webhook");
    private static final int SOURCE_LENGTH_MAX = 128;
    private static final int WEBHOOK_LENGTH_MAX = 2048;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final QueryReader QUERIES = new QueryReader();

    private OrderReader() {}

    /**
     * Reads.
     *
     * @param body the bytes as they came
     * @param tenant the caller's, which a consistency token must be of
     */
    static Parsed<Order> read(byte[] body, UUID tenant) {
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return Parsed.faulty(new Fault(FaultCode.MALFORMED_JSON, "", e.getOriginalMessage()));
        } catch (IOException e) {
            return Parsed.faulty(new Fault(FaultCode.MALFORMED_JSON, "", "The bytes are in no encoding of JSON."));
        }
        if (!(tree instanceof ObjectNode object)) {
            return Parsed.faulty(new Fault(FaultCode.WRONG_TYPE, "", "An object is expected."));
        }
        return new Pass(object, tenant).read();
    }

    /** One reading. */
    private static final class Pass {
        private final ObjectNode object;
        private final UUID tenant;
        private final List<Fault> faults = new ArrayList<>();

        Pass(ObjectNode object, UUID tenant) {
            this.object = object;
            this.tenant = tenant;
        }

        Parsed<Order> read() {
            unknownKeys(object, KEYS, "");
            String source = source();
            ObjectNode query = query();
            String format = format();
            Priority priority = priority();
            String webhook = webhook();
            String token = token();
            return faults.isEmpty()
                    ? Parsed.ok(new Order(source, query, format, priority, webhook, token))
                    : Parsed.faulty(faults);
        }

        private void unknownKeys(ObjectNode node, Collection<String> known, String at) {
            node.fieldNames().forEachRemaining(key -> {
                if (!known.contains(key)) {
                    faults.add(new Fault(
                            FaultCode.UNKNOWN_KEY,
                            at + "/" + pointed(key),
                            "There is no such key here.",
                            List.copyOf(known),
                            Suggestion.nearest(key, known)));
                }
            });
        }

        private String source() {
            @Nullable String source = text("source", true);
            if (source != null && (source.isBlank() || source.length() > SOURCE_LENGTH_MAX)) {
                faults.add(new Fault(
                        FaultCode.VALUE_INVALID,
                        "/source",
                        "A data set's name has 1 to " + SOURCE_LENGTH_MAX + " characters."));
            }
            return source == null ? "" : source;
        }

        private ObjectNode query() {
            ObjectNode query = JSON.createObjectNode();
            for (String key : QUERY_KEYS) {
                if (object.has(key)) {
                    query.set(key, object.get(key));
                }
            }
            try {
                if (QUERIES.read(JSON.writeValueAsBytes(query)) instanceof Parsed.Faulty<Query> faulty) {
                    faults.addAll(faulty.faults());
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree is always writable", e);
            }
            return query;
        }

        private String format() {
            @Nullable String format = text("format", true);
            if (format != null && !FORMATS.contains(format)) {
                faults.add(new Fault(
                        ExportError.UNSUPPORTED_FORMAT.code(),
                        "/format",
                        "This format is not offered.",
                        FORMATS,
                        Suggestion.nearest(format, FORMATS)));
            }
            return format == null ? "" : format;
        }

        private Priority priority() {
            @Nullable String name = text("priority", false);
            if (name == null) {
                return Priority.STANDARD;
            }
            return Priority.of(name).orElseGet(() -> {
                faults.add(new Fault(
                        FaultCode.VALUE_INVALID,
                        "/priority",
                        "There is no such priority.",
                        Priority.NAMES,
                        Suggestion.nearest(name, Priority.NAMES)));
                return Priority.STANDARD;
            });
        }

        private @Nullable String webhook() {
            JsonNode node = object.path("notify");
            if (node.isMissingNode() || node.isNull()) {
                return null;
            }
            if (!(node instanceof ObjectNode notify)) {
                faults.add(new Fault(
                        ExportError.UNSUPPORTED_NOTIFICATION.code(),
                        "/notify",
                        "Only a webhook can be notified: {\"webhook\":\"https://…\"}.",
                        NOTIFICATIONS,
                        null));
                return null;
            }
            unknownKeys(notify, NOTIFICATIONS, "/notify");
            JsonNode url = notify.path("webhook");
            if (!url.isTextual() || url.asText().length() > WEBHOOK_LENGTH_MAX) {
                faults.add(new Fault(
                        url.isMissingNode() ? FaultCode.MISSING_KEY : FaultCode.WRONG_TYPE,
                        "/notify/webhook",
                        "An address of at most " + WEBHOOK_LENGTH_MAX + " characters is expected."));
                return null;
            }
            return url.asText();
        }

        private @Nullable String token() {
            @Nullable String text = text("consistency_token", false);
            if (text == null) {
                return null;
            }
            switch (ConsistencyToken.parse(text)) {
                case ParsedToken.Ok(ConsistencyToken token) -> {
                    if (token.tenant() != null && !token.tenant().equals(tenant)) {
                        faults.add(new Fault(
                                "tenant_mismatch", "/consistency_token", "The token belongs to another tenant."));
                    }
                }
                case ParsedToken.Invalid(String reason) ->
                    faults.add(new Fault("token_invalid", "/consistency_token", reason));
            }
            return text;
        }

        private @Nullable String text(String key, boolean required) {
            JsonNode node = object.path(key);
            if (node.isMissingNode() || node.isNull()) {
                if (required) {
                    faults.add(new Fault(FaultCode.MISSING_KEY, "/" + key, "The key is needed."));
                }
                return null;
            }
            if (!node.isTextual()) {
                faults.add(new Fault(FaultCode.WRONG_TYPE, "/" + key, "A string is expected."));
                return null;
            }
            return node.asText();
        }

        private static String pointed(String key) {
            return key.replace("~", "~0").replace("/", "~1");
        }
    }
}
