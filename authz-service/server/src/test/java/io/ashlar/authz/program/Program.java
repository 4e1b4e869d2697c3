package io.ashlar.authz.program;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The built server as a child process with a directory of its own. */
final class Program {

    private static final int SECONDS_MAX = 120;

    private final Path directory;
    private final Process process;

    private Program(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static Program start(Path directory, Map<String, String> configuration, String... arguments) throws IOException {
        Files.createDirectories(directory.resolve("config"));
        Properties properties = new Properties();
        properties.putAll(configuration);
        try (OutputStream file = Files.newOutputStream(directory.resolve("config/application.properties"))) {
            properties.store(file, null);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return new Program(
                directory,
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("out.log").toFile())
                        .start());
    }

    /** Its exit status; kills it when it does not end. */
    int status() throws InterruptedException {
        if (!process.waitFor(SECONDS_MAX, SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running after " + SECONDS_MAX + " s");
        }
        return process.exitValue();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As {@code kill -9} does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        status();
    }

    void end() throws InterruptedException {
        process.destroy();
        status();
    }

    String out() throws IOException {
        return Files.readString(directory.resolve("out.log"));
    }
}
