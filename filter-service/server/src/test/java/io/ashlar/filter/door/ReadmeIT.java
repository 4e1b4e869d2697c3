package io.ashlar.filter.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.Readme;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void theExamplesRun(@TempDir Path directory) {
        Trial.script("{}");
        Readme readme = Readme.at(Path.of(System.getProperty("ashlar.root"), "filter-service", "README.md"));
        assertThat(readme.blocks()).isGreaterThanOrEqualTo(5);
        // The hot projection of this test's database stands in another schema.
        Readme.Run run = readme.replacing("ingest.entity_jsonb", "trial.entities")
                .withoutRefusals()
                .with("FILTER", "http://localhost:" + RestAssured.port)
                .with("EDITOR_TOKEN", Trial.tokens().user("ed"))
                .with("ANALYST_TOKEN", Trial.tokens().user("ana"))
                .with("ADMIN_TOKEN", Trial.tokens().user("ada"))
                .with("SERVICE_TOKEN", Trial.tokens().service("ashlar-export"))
                .run(directory);
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output())
                .contains("\"version\":1")
                .contains("\"rows\":[")
                .contains("\"groups\":[")
                .contains("\"kept_out_by\":[")
                .contains("\"advice\":[")
                .contains("\"kind\":\"exact\"")
                .contains("\"impact\":\"")
                .contains("\"sealed\":\"");
    }
}
