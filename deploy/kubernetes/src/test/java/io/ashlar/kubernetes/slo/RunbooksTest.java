package io.ashlar.kubernetes.slo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is called finds out what to do. */
final class RunbooksTest {

    @Test
    void everyAlertHasAPageAndEveryPageAnAlert() throws IOException {
        Set<String> alerts = new TreeSet<>();
        SloCharts.services().forEach(service -> SloCharts.levels(service)
                .alerts()
                .forEach(alert -> alerts.add(alert.path("alert").asText())));
        Set<String> pages;
        try (Stream<Path> files = Files.list(SloCharts.root().resolve("deploy/runbooks"))) {
            pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(alerts).contains("AshlarServiceDown", "AshlarRequestsFailing");
        assertThat(pages).isEqualTo(alerts);
    }

    @Test
    void everyPageSaysWhatItMeansHowToLookAndWhatToDo() throws IOException {
        try (Stream<Path> files = Files.list(SloCharts.root().resolve("deploy/runbooks"))) {
            for (Path page : files.filter(file -> file.getFileName().toString().startsWith("Ashlar"))
                    .toList()) {
                String name = page.getFileName().toString().replace(".md", "");
                assertThat(Files.readString(page))
                        .as(name)
                        .startsWith("# " + name + "\n")
                        .containsSubsequence("## What it means\n", "## How to look\n\n1. ", "## What to do\n\n- ");
            }
        }
    }

    @Test
    void everyAlertSaysWhoWhatAndWhere() {
        SloCharts.services().forEach(service -> {
            for (JsonNode alert : SloCharts.levels(service).alerts()) {
                String name = alert.path("alert").asText();
                assertThat(alert.at("/annotations/summary").asText()).as(name).hasSizeBetween(15, 120);
                assertThat(alert.at("/annotations/description").asText())
                        .as(name)
                        .hasSizeGreaterThan(20);
                assertThat(alert.at("/annotations/runbook_url").asText())
                        .isEqualTo(SloCharts.RUNBOOKS + "/" + name + ".md");
                assertThat(alert.at("/labels/sloth_severity").asText()).isIn("page", "ticket");
                assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
                assertThat(alert.at("/labels/sloth_service").asText()).isEqualTo(SloCharts.name(service));
            }
        });
    }
}
