package io.ashlar.kubernetes.slo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * deploy/kubernetes/metrics lists what rules and dashboards read; the end-to-end tests see each entry on a running service.
 * {@code -Dashlar.docs.update=true} writes the lists.
 */
final class MetricListsTest {

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.slo.SloCharts#services")
    void listsAreWhatIsRendered(String service) throws IOException {
        Set<String> exposed = new TreeSet<>();
        SloCharts.levels(service)
                .expressions()
                .forEach(expression -> exposed.addAll(Expression.of(expression).exposed()));
        String text = exposed.stream().collect(Collectors.joining("\n", "", "\n"));
        Path list = SloCharts.root().resolve("deploy/kubernetes/metrics/" + service + ".txt");
        if (Boolean.getBoolean("ashlar.docs.update")) {
            Files.writeString(list, text);
        }

        assertThat(exposed).contains("http_server_requests_seconds_bucket{le}", "jvm_memory_usage_after_gc{area}");
        assertThat(list)
                .as("run mvn test -pl deploy/kubernetes -Dashlar.docs.update=true")
                .content()
                .isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.slo.SloCharts#services")
    void whatIsReadAsRecordedIsRecorded(String service) {
        RenderedLevels levels = SloCharts.levels(service);
        Set<String> recorded = new TreeSet<>();
        for (JsonNode rule : levels.rules()) {
            recorded.add(rule.path("record").asText());
        }
        Set<String> read = new TreeSet<>();
        levels.expressions()
                .forEach(expression -> read.addAll(Expression.of(expression).recorded()));

        assertThat(read).isNotEmpty();
        assertThat(recorded).containsAll(read).contains("sloth_slo_info", "slo:time_period:days");
    }
}
