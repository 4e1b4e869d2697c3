package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Key sets for trials are made once and kept, so that who cannot see what is there must not make any. The library the other tests
 * render with asks for a cluster even so; the command does not.
 */
final class TrialSecretsTest {

    private static final int SECONDS_MAX = 60;

    @Test
    void areNotMadeWithoutACluster() throws IOException, InterruptedException {
        Path helm = Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .map(folder -> Path.of(folder, "helm"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(helm != null, "there is no command helm");
        Charts.Case base = Charts.base("filter-service");
        Process process = new ProcessBuilder(
                        helm.toString(),
                        "template",
                        Charts.path(base.chart()).toString(),
                        "--values",
                        base.values().getFirst().toString(),
                        "--set",
                        "global.trialSecrets.create=true")
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(out).contains("global.trialSecrets.create needs a cluster", "name existing Secrets (secrets.*)");
    }
}
