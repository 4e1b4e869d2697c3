package io.ashlar.export.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.export.app.Client;
import io.ashlar.export.app.ExportStack;
import io.ashlar.local.Readme;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples do what they say. */
@QuarkusTest
@ExportStack
class ReadmeIT {

    @Test
    void theBlocksRunAsTheyStand(@TempDir Path directory) throws IOException {
        Readme.Run run = Readme.at(Path.of(System.getProperty("ashlar.root"), "export-service", "README.md"))
                .with("EXPORT", ConfigProvider.getConfig().getValue("test.url", String.class))
                .with("TOKEN", Client.tokens().user("ed"))
                .with("WORK", directory.toString())
                .run(directory);
        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(Files.readString(directory.resolve("flights.csv"))).startsWith("origin,delay\r\nSFO,12");
    }
}
