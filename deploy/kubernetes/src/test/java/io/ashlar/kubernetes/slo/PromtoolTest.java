package io.ashlar.kubernetes.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus' own tool on the rules as they are rendered: they are sound, they fire, and they do not fire. */
final class PromtoolTest {

    private static final long PATIENCE_MINUTES = 10;

    @TempDir
    private static Path folder;

    private static String promtool = "promtool";

    @BeforeAll
    static void find() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            System.out.println("SKIPPED: the alerts were NOT tested, promtool is not on the PATH (Debian: prometheus)");
            abort("promtool is not on the PATH");
        }
        promtool = found.get().toString();
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.slo.SloCharts#services")
    void rulesAreSoundAndFireWhenTheyShould(String service) throws IOException, InterruptedException {
        Path rules = rules(service, SloCharts.levels(service).ruleFile());
        Path tests = folder.resolve(service + ".yaml");
        try (InputStream cases = PromtoolTest.class.getResourceAsStream(service + ".yaml")) {
            assertThat(cases).as("test cases of " + service).isNotNull();
            Files.write(tests, cases.readAllBytes());
        }

        assertThat(run("check", "rules", "--lint-fatal", rules.toString())).isEqualTo("0");
        assertThat(run("test", "rules", tests.toString())).isEqualTo("0");
    }

    @Test
    void theRuleFileForThoseWithoutOperatorIsSound() throws IOException, InterruptedException {
        Path rules = rules("plain", SloCharts.plainRuleFile("router"));

        assertThat(run("check", "rules", "--lint-fatal", rules.toString())).isEqualTo("0");
        assertThat(SloCharts.levels("router").groups())
                .isEqualTo(RenderedLevels.documents(Files.readString(rules))
                        .getFirst()
                        .path("groups"));
    }

    /** The test of the test: a rule that does not fire any more is found out. */
    @Test
    void aThresholdThatIsOffIsFoundOut() throws IOException, InterruptedException {
        String rules = SloCharts.levels("filter").ruleFile();
        String off = rules.replace("* 0.001)", "* 0.1)");
        assertThat(off).isNotEqualTo(rules);
        rules("filter", off);
        Path tests = folder.resolve("off.yaml");
        try (InputStream cases = PromtoolTest.class.getResourceAsStream("off.yaml")) {
            assertThat(cases).isNotNull();
            Files.write(tests, cases.readAllBytes());
        }

        assertThat(run("test", "rules", tests.toString())).startsWith("1").contains("AshlarRequestsFailing");
    }

    private static Path rules(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".rules.yaml"), text);
    }

    /** The exit code, and what was said if it is not 0. */
    private static String run(String... arguments) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder command = new ProcessBuilder(
                        Stream.concat(Stream.of(promtool), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        // A third of its time went into collecting garbage of a heap that need not be so small.
        command.environment().put("GOGC", "800");
        Process process = command.start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return "no end after " + PATIENCE_MINUTES + " minutes";
        }
        int code = process.exitValue();
        return code == 0 ? "0" : code + "\n" + Files.readString(said, StandardCharsets.UTF_8);
    }
}
