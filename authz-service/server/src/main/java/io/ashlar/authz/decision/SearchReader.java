package io.ashlar.authz.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.decision.SearchQuestion.Kind;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads searches. What stands where the open part's id or name would be is ignored. A type whose spelling no entity can have is
 * as unknown as any other: nothing is found, and nothing is wrong.
 */
final class SearchReader {

    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Kind kind;
    private final JsonNode body;
    private final List<Fault> faults = new ArrayList<>();
    private final Bodies bodies = new Bodies(faults);
    private final QuestionReader reader = new QuestionReader(faults);
    private boolean possible = true;

    private SearchReader(Kind kind, JsonNode body) {
        this.kind = kind;
        this.body = body;
    }

    static SearchQuestion read(Kind kind, JsonNode body) {
        return new SearchReader(kind, body).read();
    }

    private SearchQuestion read() {
        ObjectNode closed = closed();
        String type = kind == Kind.ACTION ? "" : type(kind.part());
        EntityUid subject = named(Kind.SUBJECT);
        EntityUid resource = named(Kind.RESOURCE);
        EntityUid action = kind == Kind.ACTION ? null : reader.action(body.path("action"));
        Map<String, CedarValue> ofSubject = reader.properties(body, "subject");
        Map<String, CedarValue> ofResource = reader.properties(body, "resource");
        Map<String, CedarValue> context = reader.context(closed);
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        Function<String, Question> fill = id -> new Question(
                subject == null ? new EntityUid(type, id) : subject,
                ofSubject,
                action == null ? new EntityUid("Action", id) : action,
                resource == null ? new EntityUid(type, id) : resource,
                ofResource,
                context,
                nothing);
        JsonNode page = page();
        Integer limit = limit(page.path("limit"));
        String token = token(page.path("token"));
        Bodies.refuse(faults);
        return new SearchQuestion(kind, type, subject, possible, fill, identity(closed), limit, token, inputs(closed));
    }

    /** The question without the page and without what is ignored. */
    private ObjectNode closed() {
        ObjectNode closed = JsonNodeFactory.instance.objectNode();
        for (String part : List.of("subject", "action", "resource", "context")) {
            JsonNode value = body.path(part);
            if (!value.isMissingNode() && !(kind == Kind.ACTION && part.equals("action"))) {
                closed.set(part, value);
            }
        }
        if (closed.get(kind.part()) instanceof ObjectNode open) {
            closed.set(kind.part(), open.deepCopy().without("id"));
        }
        return closed;
    }

    /** The type of an entity; a spelling that no type has is possible to ask for, and impossible to find. */
    private String type(String part) {
        JsonNode entity = body.path(part);
        if (!entity.isObject()) {
            faults.add(
                    new Fault(entity.isMissingNode() ? "missing_key" : "wrong_type", '/' + part, "expected an object"));
            return "";
        }
        String type = bodies.text(entity.path("type"), '/' + part + "/type", EntityUid.ID_LENGTH_MAX);
        possible &= EntityUid.isTypeName(type);
        return type;
    }

    /** An entity of the question; null if it is the open one, wrong or impossible. */
    private @Nullable EntityUid named(Kind part) {
        if (part == kind) {
            return null;
        }
        String name = part.part();
        String type = type(name);
        if (!body.path(name).isObject()) {
            return null;
        }
        String id = bodies.text(body.path(name).path("id"), '/' + name + "/id", EntityUid.ID_LENGTH_MAX);
        if (part == Kind.SUBJECT && !QuestionReader.mayAct(type)) {
            faults.add(new Fault("value_invalid", "/subject/type", "a group or a role does nothing itself"));
        }
        return id.isEmpty() || !EntityUid.isTypeName(type) ? null : new EntityUid(type, id);
    }

    private JsonNode page() {
        JsonNode page = body.path("page");
        if (!page.isMissingNode() && !page.isObject()) {
            faults.add(new Fault("wrong_type", "/page", "expected an object"));
        }
        return page;
    }

    private @Nullable Integer limit(JsonNode limit) {
        if (limit.isMissingNode()) {
            return null;
        }
        if (!limit.isIntegralNumber() || limit.decimalValue().signum() < 0) {
            faults.add(new Fault("wrong_type", "/page/limit", "expected a whole number, not negative"));
            return null;
        }
        return limit.canConvertToInt() ? limit.intValue() : Integer.MAX_VALUE;
    }

    /** Empty is what the last page says: it means the first page here. */
    private @Nullable String token(JsonNode token) {
        if (token.isMissingNode() || (token.isTextual() && token.textValue().isEmpty())) {
            return null;
        }
        if (!token.isTextual()) {
            faults.add(new Fault("wrong_type", "/page/token", "expected a string"));
            return null;
        }
        return token.textValue();
    }

    /** The same for every order of members. */
    private static String identity(ObjectNode closed) {
        try {
            byte[] text = SORTED.writeValueAsString(SORTED.treeToValue(closed, Map.class))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a tree of values is always JSON", impossible);
        }
    }

    private ObjectNode inputs(ObjectNode closed) {
        return closed.put("search", kind.part());
    }
}
