package io.ashlar.authz.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.JsonPatch;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Problems on the wire. Writing is exact; reading takes what a newer or older service writes. Thread-safe. */
public final class ProblemJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ProblemJson() {}

    public static byte[] write(Problem problem) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("type", problem.type().toString())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("code", problem.code())
                .put("detail", problem.detail());
        if (problem.requestId() != null) {
            node.put("request_id", problem.requestId());
        }
        if (!problem.errors().isEmpty()) {
            ArrayNode errors = node.putArray("errors");
            problem.errors().forEach(fault -> errors.add(write(fault)));
        }
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings cannot fail to be written", e);
        }
    }

    /** Empty if the bytes are no problem: a proxy's HTML page, a cut body, a number out of range. */
    public static Optional<Problem> read(byte[] json) {
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        } catch (IOException e) {
            return Optional.empty();
        }
        String code = node.path("code").asText();
        int status = node.path("status").asInt();
        if (code.isEmpty() || status < 400 || status > 599) {
            return Optional.empty();
        }
        List<Fault> errors = new ArrayList<>();
        node.path("errors").forEach(error -> errors.add(readFault(error)));
        return Optional.of(new Problem(
                type(node.path("type").asText(), code),
                node.path("title").asText(),
                status,
                code,
                node.path("detail").asText(),
                text(node.path("request_id")),
                errors));
    }

    /** The text of a problem, for logs and tests. */
    public static String text(Problem problem) {
        return new String(write(problem), StandardCharsets.UTF_8);
    }

    private static URI type(String text, String code) {
        try {
            return URI.create(text.isEmpty() ? Problem.TYPE_PREFIX + code : text);
        } catch (IllegalArgumentException e) {
            return URI.create("about:blank");
        }
    }

    private static ObjectNode write(Fault fault) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("code", fault.code())
                .put("pointer", fault.pointer())
                .put("detail", fault.detail());
        List<String> allowed = fault.allowed();
        if (allowed != null) {
            ArrayNode names = node.putArray("allowed");
            allowed.forEach(names::add);
        }
        if (fault.didYouMean() != null) {
            node.put("did_you_mean", fault.didYouMean());
        }
        List<JsonPatch> fix = fault.fix();
        if (fix != null) {
            node.set("fix", MAPPER.valueToTree(fix));
        }
        return node;
    }

    private static Fault readFault(JsonNode node) {
        List<String> allowed = null;
        if (node.path("allowed").isArray()) {
            List<String> names = new ArrayList<>();
            node.path("allowed").forEach(name -> names.add(name.asText()));
            allowed = names;
        }
        return new Fault(
                node.path("code").asText(),
                node.path("pointer").asText(),
                node.path("detail").asText(),
                allowed,
                text(node.path("did_you_mean")),
                fix(node.path("fix")));
    }

    private static @Nullable List<JsonPatch> fix(JsonNode node) {
        if (!node.isArray()) {
            return null;
        }
        List<JsonPatch> steps = new ArrayList<>();
        node.forEach(step -> steps.add(new JsonPatch(
                step.path("op").asText(), step.path("path").asText(), text(step.path("from")), step.get("value"))));
        return steps;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }
}
