package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.process.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a program that holds a stack, as {@code kill -9} does, and looks what is left. */
class WatchdogIT {

    /** The promise: nothing of a killed program's servers is left after ten seconds. */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothing_is_left_of_a_killed_parent(boolean keepData) throws IOException {
        Path directory = Path.of("target", "stack", "watchdog-" + keepData + "-" + System.nanoTime())
                .toAbsolutePath();
        Process holder = new ProcessBuilder(
                        JavaCommand.executable(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackHolder.class.getName(),
                        directory.toString(),
                        Boolean.toString(keepData))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            BufferedReader output = holder.inputReader(StandardCharsets.UTF_8);
            assertThat(output.readLine()).startsWith("ready");
            List<ProcessHandle> tree = holder.descendants().toList();
            // Shells have become the servers: at least six, PostgreSQL's backends, and the watchdog.
            assertThat(tree).hasSizeGreaterThan(7);
            Stack attached = Stack.attach(directory);
            // Who is stopped cannot end in order; it must go all the same.
            attached.pause(Server.REDIS);
            // The watchdog itself goes last, when it has removed the data.
            List<ProcessHandle> servers = tree.stream()
                    .filter(process -> !process.info().commandLine().orElse("").contains("Watchdog"))
                    .toList();

            holder.destroyForcibly();

            await().atMost(PROMISED).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
            await().atMost(Duration.ofMinutes(1)).until(() -> tree.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            holder.destroyForcibly();
        }
        Path data = EmbeddedServers.data(directory);
        assertThat(Files.isDirectory(data)).isEqualTo(keepData);
        assertThat(Files.exists(StackState.file(directory))).isEqualTo(keepData);
        assertThat(directory.resolve("pids")).doesNotExist();
        if (keepData) {
            try (Stream<Path> kept = Files.list(data)) {
                assertThat(kept.map(path -> path.getFileName().toString()))
                        .contains("data-primary", "data-replica-1", "kafka");
            }
            io.ashlar.local.process.Directories.delete(data);
        }
    }
}
