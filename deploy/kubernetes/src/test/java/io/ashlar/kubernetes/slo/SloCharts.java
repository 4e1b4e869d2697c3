package io.ashlar.kubernetes.slo;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.kubernetes.render.Charts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The umbrella, rendered with the levels of one service at a time. */
final class SloCharts {

    static final String RUNBOOKS = "https://runbooks.example.com";

    private static final Map<String, RenderedLevels> LEVELS = new ConcurrentHashMap<>();

    private SloCharts() {}

    static Stream<String> services() {
        return Stream.of("authz", "filter", "ingest", "router", "export");
    }

    static Path root() {
        return Path.of(System.getProperty("ashlar.root")).toAbsolutePath().normalize();
    }

    /** How the objects of a service are called in the release that is rendered. */
    static String name(String service) {
        return Charts.UMBRELLA + "-" + service;
    }

    /** What the chart of a service says by default. */
    static RenderedLevels levels(String service) {
        return LEVELS.computeIfAbsent(service, name -> RenderedLevels.of(name, render(name, Map.of())));
    }

    /** The documents of one service, its levels switched on, with further settings below its key. */
    static List<JsonNode> render(String service, Map<String, String> settings) {
        return documents(service, Charts.base(Charts.UMBRELLA).text(switchedOn(service, settings)));
    }

    /** The same with one more file of values. */
    static List<JsonNode> render(String service, Path values) {
        Charts.Case base = Charts.base(Charts.UMBRELLA);
        List<Path> files = new ArrayList<>(base.values());
        files.add(values);
        return documents(
                service,
                new Charts.Case(Charts.UMBRELLA, values.toString(), files).text(switchedOn(service, Map.of())));
    }

    /** What is rendered when nothing is asked for. */
    static List<JsonNode> renderOff(String service) {
        return documents(service, Charts.base(Charts.UMBRELLA).text(Map.of()));
    }

    /** The rule file in the ConfigMap for a Prometheus without operator. */
    static String plainRuleFile(String service) {
        return render(service, Map.of("metrics.rules.kind", "ConfigMap")).stream()
                .filter(document -> document.at("/metadata/name").asText().equals(name(service) + "-slo"))
                .map(document -> document.path("data")
                        .path(name(service) + ".rules.yaml")
                        .asText())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> switchedOn(String service, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(service + ".metrics.rules.enabled", "true");
        all.put(service + ".metrics.rules.runbookBaseUrl", RUNBOOKS + "/");
        all.put(service + ".metrics.dashboards.enabled", "true");
        settings.forEach((key, value) -> all.put(service + "." + key, value));
        return all;
    }

    private static List<JsonNode> documents(String service, String text) {
        return RenderedLevels.documents(text).stream()
                .filter(document -> document.at("/metadata/name").asText().startsWith(name(service)))
                .toList();
    }
}
