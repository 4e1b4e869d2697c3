package io.ashlar.filter.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every command of the README is run as it stands there, one after the other, and must be answered without an error. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```bash\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExamplesRun() throws Exception {
        Trial.script("{}");
        String readme = Files.readString(Path.of(System.getProperty("ashlar.root"), "filter-service", "README.md"));
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        int blocks = 0;
        for (Matcher block = BLOCK.matcher(readme); block.find(); blocks++) {
            script.append(block.group(1)).append("\necho\n");
        }
        assertThat(blocks).isGreaterThanOrEqualTo(5);
        // The hot projection of this test's database stands in another schema; an HTTP error ends the script.
        String runnable = script.toString()
                .replace("ingest.entity_jsonb", "trial.entities")
                .replace("curl -sS", "curl -sS --fail-with-body");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", runnable).redirectErrorStream(true);
        bash.environment()
                .putAll(Map.of(
                        "FILTER", "http://localhost:" + RestAssured.port,
                        "EDITOR_TOKEN", Trial.tokens().user("ed"),
                        "ANALYST_TOKEN", Trial.tokens().user("ana"),
                        "SERVICE_TOKEN", Trial.tokens().service("ashlar-export")));
        Process process = bash.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("\"version\":1").contains("\"rows\":[").contains("\"sealed\":\"");
    }
}
