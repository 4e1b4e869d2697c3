package io.ashlar.filter.impact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.impact.ImpactResult.Decides;
import io.ashlar.filter.impact.ImpactResult.Difference;
import io.ashlar.filter.impact.ImpactResult.Question;
import io.ashlar.filter.impact.ImpactResult.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payload as JSON, by hand and in one fixed order, since its bytes are what is signed. {@code digest} is the SHA-256 of the
 * {@code subjects} as they stand in it, so that a report can name the change in one line.
 */
final class ImpactJson {

    private static final Set<String> NAMES = Set.of(
            "v",
            "tenant",
            "dataset",
            "dataset_version",
            "asked_by",
            "asked_at",
            "as_of",
            "question",
            "subjects",
            "digest");

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // A digest is of digits, trailing zeros included.
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ImpactJson() {}

    static ObjectNode tree(ImpactResult result) {
        ObjectNode node = JSON.createObjectNode();
        node.put("v", ImpactResult.VERSION);
        node.put("tenant", result.tenant().toString());
        node.put("dataset", result.dataset());
        node.put("dataset_version", result.datasetVersion());
        node.put("asked_by", result.askedBy());
        node.put("asked_at", MICROS.format(result.askedAt()));
        node.put("as_of", result.asOf());
        Question question = result.question();
        if (question != null) {
            question(node.putObject("question"), question);
        }
        ArrayNode subjects = node.putArray("subjects");
        for (Subject subject : result.subjects()) {
            ObjectNode written = subjects.addObject();
            written.put("subject", subject.subject());
            written.put("before", subject.before());
            written.put("after", subject.after());
            Decides decides = subject.decides();
            if (decides != null) {
                written.putObject("decides").put("before", decides.before()).put("after", decides.after());
            }
            difference(written.putObject("gained"), subject.gained());
            difference(written.putObject("lost"), subject.lost());
        }
        node.put("digest", digest(subjects));
        return node;
    }

    static byte[] write(ImpactResult result) {
        try {
            return JSON.writeValueAsBytes(tree(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }

    private static void question(ObjectNode node, Question question) {
        node.put("action", question.action());
        node.put("resource_type", question.resourceType());
        ArrayNode fields = node.putArray("fields");
        question.fields().forEach(field -> PlanJson.write(fields.addObject(), field));
    }

    private static void difference(ObjectNode node, Difference difference) {
        node.put("rows", difference.rows());
        difference.sample().forEach(node.putArray("sample")::add);
        difference.fields().forEach(node.putArray("fields")::add);
    }

    /**
     * Reads a payload strictly.
     *
     * @throws IllegalArgumentException naming what is missing, unknown or wrong
     */
    static ImpactResult read(byte[] payload) {
        JsonNode node = parsed(payload);
        if (whole(node, "v") != ImpactResult.VERSION) {
            throw new IllegalArgumentException("its version is not known here");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("it has an unknown member");
            }
        });
        JsonNode asOf = node.path("as_of");
        if (!asOf.isNull() && !asOf.isTextual()) {
            throw new IllegalArgumentException("as_of is no text");
        }
        List<Subject> subjects = new ArrayList<>();
        for (JsonNode subject : array(node, "subjects")) {
            subjects.add(new Subject(
                    text(subject, "subject"),
                    text(subject, "before"),
                    text(subject, "after"),
                    decides(subject.path("decides")),
                    difference(subject.path("gained")),
                    difference(subject.path("lost"))));
        }
        if (!text(node, "digest").equals(digest(node.path("subjects")))) {
            throw new IllegalArgumentException("the digest is of other subjects");
        }
        return new ImpactResult(
                UUID.fromString(text(node, "tenant")),
                text(node, "dataset"),
                whole(node, "dataset_version"),
                text(node, "asked_by"),
                Instant.parse(text(node, "asked_at")),
                asOf.textValue(),
                question(node.path("question")),
                subjects);
    }

    private static @Nullable Question question(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        List<Fault> faults = new ArrayList<>();
        List<PlanField> fields = new ArrayList<>();
        for (JsonNode field : array(node, "fields")) {
            fields.add(PlanJson.field(field, "", faults));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("a field of its question is wrong");
        }
        return new Question(text(node, "action"), text(node, "resource_type"), fields);
    }

    private static @Nullable Decides decides(JsonNode node) {
        return node.isMissingNode() ? null : new Decides(text(node, "before"), text(node, "after"));
    }

    private static JsonNode parsed(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("it is no JSON", malformed);
        }
    }

    private static Difference difference(JsonNode node) {
        List<JsonNode> sample = new ArrayList<>();
        array(node, "sample").forEach(sample::add);
        List<String> fields = new ArrayList<>();
        for (JsonNode field : array(node, "fields")) {
            fields.add(field.asText());
        }
        return new Difference(whole(node, "rows"), sample, fields);
    }

    private static JsonNode array(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw new IllegalArgumentException(name + " is no array");
        }
        return value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value.textValue();
    }

    private static long whole(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + " is no whole number");
        }
        return value.longValue();
    }

    private static String digest(JsonNode subjects) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(subjects.toString().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
