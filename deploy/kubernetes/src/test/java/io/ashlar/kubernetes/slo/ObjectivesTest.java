package io.ashlar.kubernetes.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistyped objective would be an alert that never comes. */
final class ObjectivesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            slos.objectives.latency-p95.requests.within         | 0.3        | boundary, one of [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.5]
            slos.objectives.availability.requests.within        | 0.5        | requests.within is for the kind latency only
            slos.objectives.availability.objective              | 100        | objective 100 must be a percentage above 0 and below 100
            slos.objectives.availability.objective              | 0          | objective 0 must be a percentage above 0 and below 100
            slos.objectives.availability.objective              | high       | objective high must be a percentage above 0 and below 100
            slos.objectives.availability.kind                   | uptime     | kind "uptime" is none of availability, latency, correctness, freshness
            slos.objectives.availability.objektive              | 99         | "objektive" is no known key; known are enabled, kind, objective
            slos.objectives.availability.requests.route         | x          | requests: "route" is no known key; known are routes, within
            slos.objectives.availability.gauge.good             | x          | has 2 sources; set exactly one of requests, ratio, gauge
            slos.objectives.availability.alert                  | Not a name | alert "Not a name" must be a name of letters and digits
            slos.objectives.mine.kind                           | latency    | slos.objectives.mine of filter-service: set objective
            slos.objectives.Mine.kind                           | latency    | name it with lower-case letters, digits and dashes
            slos.signals.AshlarRedisDown.enabled                | true       | AshlarRedisDown of filter-service is no known signal; known are AshlarAuditSpoolFilling
            slos.signals.AshlarPodDown.for                      | 5          | for must be a time such as 5m
            slos.signals.AshlarPodDown.severity                 | loud       | severity must be page or ticket
            slos.signals.AshlarPodDown.threshold                | 5          | "threshold" is no known key
            slos.signals.AshlarHeapNearlyFull.threshold         | much       | threshold must be a number
            """)
    void isRefusedWithWhatToWrite(String key, String value, String sentence) {
        assertThatThrownBy(() -> SloCharts.render("filter", Map.of(key, value))).hasMessageContaining(sentence);
    }

    @Test
    void isOffUnlessAskedFor() {
        assertThat(SloCharts.renderOff("filter"))
                .isNotEmpty()
                .noneMatch(document -> document.path("kind").asText().equals("PrometheusRule"))
                .noneMatch(document -> document.at("/metadata/name").asText().endsWith("-dashboard"));
    }

    @Test
    void anObjectiveOfOnesOwnIsRenderedAndOneSwitchedOffIsNot() throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                filter:
                  slos:
                    objectives:
                      latency-p50: {enabled: false}
                      mine:
                        kind: correctness
                        objective: 99.999
                        alert: MineIsWrong
                        description: Answers that are wrong.
                        ratio:
                          bad: sum(rate(wrong_total{$selector}[$window]))
                          total: sum(rate(answers_total{$selector}[$window]))
                """);
        RenderedLevels levels = RenderedLevels.of("filter", SloCharts.render("filter", values));
        List<String> names = levels.rules().stream()
                .map(rule -> rule.at("/labels/sloth_slo").asText())
                .distinct()
                .toList();

        assertThat(names).contains("mine", "availability").doesNotContain("latency-p50");
        assertThat(levels.expressions())
                .anyMatch(expression ->
                        expression.contains("wrong_total{service=\"ashlar-filter\",namespace=\"default\"}[3d]"))
                .anyMatch(expression -> expression.contains("> (14.4 * 1e-05)"));
    }

    @Test
    void anAlertThatCannotFireIsNotRendered() {
        List<JsonNode> alerts = SloCharts.levels("filter").alerts().stream()
                .filter(alert -> alert.at("/labels/sloth_slo").asText().equals("latency-p50"))
                .toList();

        // Half of the requests may be slow: 14.4, 6 and 3 times as many cannot be.
        assertThat(alerts).hasSize(1);
        assertThat(alerts.getFirst().path("expr").asText())
                .contains("ratio_rate3d")
                .doesNotContain("ratio_rate1d");
    }
}
