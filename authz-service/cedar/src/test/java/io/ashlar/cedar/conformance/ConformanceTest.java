package io.ashlar.cedar.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.DecisionAnswer.PolicyError;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.eval.Explanation;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.json.EntitiesJson;
import io.ashlar.cedar.json.PolicyJson;
import io.ashlar.cedar.json.PolicySetJson;
import io.ashlar.cedar.json.ValueJson;
import io.ashlar.cedar.syntax.PolicyFormatter;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.syntax.PolicySet;
import io.ashlar.cedar.value.EntityStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every request of the handwritten cases and of the corpus: decision, reasons, policies in error; and each policy's forms. */
final class ConformanceTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> mismatches = new ArrayList<>();
    private int requests;
    private int policies;

    @Test
    void decidesAsCedarDoes() throws IOException {
        Map<String, String> files = Archive.files();
        int cases = 0;
        for (String name : new TreeSet<>(files.keySet())) {
            boolean isCase = name.endsWith(".json")
                    && !name.endsWith(".entities.json")
                    && (name.startsWith("tests/") || name.startsWith("corpus-tests/"));
            if (isCase) {
                cases++;
                run(name, JSON.readTree(files.get(name)), files);
            }
        }
        System.out.printf(
                "Cedar conformance: %d cases, %d policies, %d requests, %d mismatches%n",
                cases, policies, requests, mismatches.size());
        assertThat(mismatches).isEmpty();
        assertThat(cases).isGreaterThan(1_900);
        assertThat(requests).isGreaterThan(15_000);
    }

    private void run(String name, JsonNode test, Map<String, String> files) throws IOException {
        PolicySet set = PolicyParser.policySet(text(files, test, "policies"));
        set.policies().values().forEach(policy -> {
            policies++;
            check(name, PolicyParser.policy(PolicyFormatter.format(policy)).equals(policy), "text");
            check(name, PolicyJson.read(PolicyJson.text(policy)).equals(policy), "JSON");
        });
        check(name, PolicySetJson.read(PolicySetJson.text(set)).equals(set), "JSON of the set");
        SchemaHints hints = new SchemaHints(text(files, test, "schema"));
        JsonNode entities = JSON.readTree(text(files, test, "entities"));
        for (JsonNode entity : entities) {
            ((ObjectNode) entity).set("attrs", hints.escaped(entity.get("attrs")));
        }
        EntityStore store = EntityStore.of(EntitiesJson.read(entities.toString()));
        CompiledPolicySet compiled = CompiledPolicySet.of(set);
        for (JsonNode request : test.get("requests")) {
            requests++;
            Request asked = new Request(
                    uid(request.get("principal")),
                    uid(request.get("action")),
                    uid(request.get("resource")),
                    ValueJson.readFields(hints.escaped(request.get("context")).toString()));
            DecisionAnswer answer = compiled.decide(asked, store, Mode.EXACT);
            String what = request.path("description").asText();
            check(name, answer.allowed() == request.get("decision").asText().equals("allow"), what + ": decision");
            check(name, Set.copyOf(answer.determining()).equals(texts(request.get("reason"))), what + ": reasons");
            List<String> failed =
                    answer.errors().stream().map(PolicyError::policyId).toList();
            check(name, Set.copyOf(failed).equals(texts(request.get("errors"))), what + ": errors");
            Explanation explanation = compiled.explain(asked, store, Mode.EXACT);
            check(name, explanation.answer().equals(answer), what + ": explanation");
        }
    }

    private void check(String name, boolean holds, String what) {
        if (!holds) {
            mismatches.add(name + ": " + what);
        }
    }

    private static String text(Map<String, String> files, JsonNode test, String field) {
        String path = test.get(field).asText();
        String text = files.get(path);
        if (text == null) {
            throw new IllegalStateException("no file " + path);
        }
        return text;
    }

    private static EntityUid uid(JsonNode node) {
        return new EntityUid(node.get("type").asText(), node.get("id").asText());
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(element -> texts.add(element.asText()));
        return Set.copyOf(texts);
    }
}
