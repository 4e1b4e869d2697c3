package io.ashlar.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/** What a benchmark found, with where it ran, kept under {@code deploy/bench/results}. Not thread-safe. */
public final class Reading {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path results = Path.of(System.getProperty("ashlar.root", "../.."), "deploy", "bench", "results");
    private final String name;
    private final ObjectNode node = JSON.createObjectNode();

    private Reading(String name) {
        this.name = name;
    }

    /** A new one, which notes where and when it began. */
    public static Reading of(String name) throws IOException {
        Reading reading = new Reading(name);
        reading.node.put("benchmark", name);
        reading.node.put("at", Instant.now().toString());
        reading.node.put("machine", machine());
        reading.node.put("processors", Runtime.getRuntime().availableProcessors());
        reading.node.put("jdk", System.getProperty("java.vm.version"));
        reading.node.put("commit", commit());
        reading.node.put("load_average_before", load());
        return reading;
    }

    /** Where its figures go. */
    public ObjectNode node() {
        return node;
    }

    /** Keeps it, and shows it. */
    public void write() throws IOException {
        node.put("load_average_after", load());
        Files.createDirectories(results);
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        Files.writeString(results.resolve(name + ".json"), text + "\n");
        System.out.println(text);
    }

    /** The middle one of these times. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Three digits are more than such times are good for. */
    public static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static double load() {
        return rounded(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String machine() throws IOException {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        Path processors = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(processors)) {
            return system;
        }
        return Files.readAllLines(processors).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line ->
                        system + ", " + line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(system);
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
