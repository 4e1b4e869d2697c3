package io.ashlar.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The examples of a README: its {@code bash} blocks, run as they stand, one after the other in one shell that stops at the first
 * failure. Immutable.
 */
public final class Readme {

    private static final Pattern BLOCK = Pattern.compile("```bash\\n(.*?)```", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String script;
    private final int blocks;
    private final Map<String, String> environment;

    private Readme(String script, int blocks, Map<String, String> environment) {
        this.script = script;
        this.blocks = blocks;
        this.environment = Map.copyOf(environment);
    }

    /**
     * How it went.
     *
     * @param exit status of the shell; 0 iff every command succeeded
     * @param output of all commands, errors included
     */
    public record Run(int exit, String output) {}

    /**
     * Reads the blocks.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Readme at(Path file) {
        StringBuilder script = new StringBuilder();
        int blocks = 0;
        try {
            for (Matcher block = BLOCK.matcher(Files.readString(file)); block.find(); blocks++) {
                script.append(block.group(1)).append("echo\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (blocks == 0) {
            throw new IllegalArgumentException(file + " has no bash block");
        }
        return new Readme(script.toString(), blocks, Map.of());
    }

    /** How many blocks there are. */
    public int blocks() {
        return blocks;
    }

    /** The same with {@code now} where it says {@code written}: addresses and names that differ where a test runs. */
    public Readme replacing(String written, String now) {
        return new Readme(script.replace(written, now), blocks, environment);
    }

    /** The same with a variable set. */
    public Readme with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Readme(script, blocks, more);
    }

    /** The same, where an HTTP status of 400 and more is a failure of {@code curl} too; 503 is asked again a few times. */
    public Readme withoutRefusals() {
        return new Readme("curl() { command curl --fail-with-body --retry 3 \"$@\"; }\n" + script, blocks, environment);
    }

    /**
     * Runs it.
     *
     * @param directory where the commands start; its file {@code readme.log} takes what they print
     */
    public Run run(Path directory) {
        Path log = directory.resolve("readme.log");
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        bash.environment().putAll(environment);
        try {
            Process process = bash.start();
            boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            String output = Files.readString(log, StandardCharsets.UTF_8);
            return ended ? new Run(process.exitValue(), output) : new Run(-1, output + "\nnot done after " + PATIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }
}
