package io.ashlar.export.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.export.app.Client;
import io.ashlar.export.app.ExportStack;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples do what they say. */
@QuarkusTest
@ExportStack
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    @Test
    void theBlocksRunAsTheyStand(@TempDir Path directory) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../README.md")));
        while (blocks.find()) {
            script.append(blocks.group(1));
        }
        Path output = directory.resolve("output");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().put("EXPORT", ConfigProvider.getConfig().getValue("test.url", String.class));
        bash.environment().put("TOKEN", Client.tokens().user("ed"));
        bash.environment().put("WORK", directory.toString());
        Process process = bash.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(output, UTF_8))
                .isTrue();
        assertThat(Files.readString(directory.resolve("flights.csv"))).startsWith("origin,delay\r\nSFO,12");
    }
}
