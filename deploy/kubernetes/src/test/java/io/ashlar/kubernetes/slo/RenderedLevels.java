package io.ashlar.kubernetes.slo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What one service's chart says of its service levels.
 *
 * @param service short name: {@code filter}
 * @param groups the rule groups, as Prometheus reads them
 * @param dashboard as Grafana reads it
 */
record RenderedLevels(String service, JsonNode groups, JsonNode dashboard) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Finds them among a chart's rendered documents. */
    static RenderedLevels of(String service, List<JsonNode> documents) {
        JsonNode groups = only(documents, "PrometheusRule", "-slo").at("/spec/groups");
        JsonNode data = only(documents, "ConfigMap", "-dashboard").path("data");
        return new RenderedLevels(service, groups, json(data.elements().next().asText()));
    }

    /** Reads a stream of YAML documents. */
    static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    /** All rules of all groups. */
    List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        groups.forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    /** Panels that draw something: all but the rows' titles. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> {
            if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    /** What rules and panels ask Prometheus. */
    List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        rules().forEach(rule -> expressions.add(rule.path("expr").asText()));
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> expressions.add(target.path("expr").asText())));
        return expressions;
    }

    /** A rule file for Prometheus; JSON is YAML. */
    String ruleFile() {
        try {
            return JSON.writeValueAsString(Map.of("groups", groups));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is not written", e);
        }
    }

    private static JsonNode only(List<JsonNode> documents, String kind, String suffix) {
        List<JsonNode> found = documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind)
                        && document.at("/metadata/name").asText().endsWith(suffix))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " documents are a " + kind + " named …" + suffix);
        }
        return found.getFirst();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the dashboard is not JSON", e);
        }
    }
}
