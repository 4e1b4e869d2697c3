package io.ashlar.kubernetes.slo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grafana is not at hand here: what it needs of a dashboard is checked by structure. */
final class DashboardTest {

    private static final int COLUMNS = 24;
    private static final Set<String> UNITS = Set.of("none", "s", "bytes", "percentunit", "reqps", "cps", "wps");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]+)");

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.slo.SloCharts#services")
    void hasWhatGrafanaNeeds(String service) {
        JsonNode dashboard = SloCharts.levels(service).dashboard();

        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        assertThat(dashboard.path("uid").asText()).matches("[a-z0-9-]{8,40}");
        assertThat(dashboard.path("title").asText()).contains(service);
        assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(dashboard.at("/templating/list/0/query").asText()).isEqualTo("prometheus");
    }

    @Test
    void noTwoReleasesShareAnId() {
        Set<String> ids = new HashSet<>();
        for (String service : SloCharts.services().toList()) {
            ids.add(SloCharts.levels(service).dashboard().path("uid").asText());
        }

        assertThat(ids).hasSize((int) SloCharts.services().count());
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.slo.SloCharts#services")
    void panelsLieSideBySide(String service) {
        List<JsonNode> panels = new ArrayList<>();
        SloCharts.levels(service).dashboard().path("panels").forEach(panels::add);
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : panels) {
            JsonNode at = panel.path("gridPos");
            assertThat(List.of(
                            at.path("h").isInt(),
                            at.path("w").isInt(),
                            at.path("x").isInt(),
                            at.path("y").isInt()))
                    .as(panel.path("title").asText())
                    .containsOnly(true);
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            assertThat(ids.add(panel.path("id").asInt())).as("an id of its own").isTrue();
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(taken.add(x + "," + y))
                            .as(panel.path("title").asText() + " lies on another panel at " + x + "," + y)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.slo.SloCharts#services")
    void everyPanelCanBeReadAndSaysWhatToDo(String service) {
        List<JsonNode> panels = SloCharts.levels(service).panels();

        assertThat(panels).hasSizeGreaterThan(15);
        for (JsonNode panel : panels) {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asText()).as(title).hasSizeGreaterThan(30);
            assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                    .as(title)
                    .isIn(UNITS);
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).as(title).isNotEmpty();
            Set<String> references = new HashSet<>();
            for (JsonNode target : panel.path("targets")) {
                assertThat(references.add(target.path("refId").asText()))
                        .as(title)
                        .isTrue();
                assertThat(target.path("legendFormat").asText()).as(title).isNotBlank();
                String expression = target.path("expr").asText();
                assertThat(VARIABLE.matcher(expression).results().map(found -> found.group(1)))
                        .as(expression)
                        .allMatch("__rate_interval"::equals);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.slo.SloCharts#services")
    void showsRateErrorsDurationSaturationAndBudget(String service) {
        List<String> titles = SloCharts.levels(service).panels().stream()
                .map(panel -> panel.path("title").asText())
                .toList();

        assertThat(titles)
                .doesNotHaveDuplicates()
                .contains(
                        "Error budget left",
                        "Burn rate now",
                        "Requests by route",
                        "Failed and refused",
                        "Duration",
                        "Waiting for a connection",
                        "Heap after collections");
    }
}
