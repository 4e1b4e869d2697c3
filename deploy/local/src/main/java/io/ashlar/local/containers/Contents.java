package io.ashlar.local.containers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What one container is made of.
 *
 * @param name its name among the stack's containers, by which the others reach it
 * @param image what it runs
 * @param containerPort where the server listens inside
 * @param hostPort where it is published on loopback
 * @param memoryBytes what it may use at most
 * @param files below {@code /etc/ashlar}, by name; they hold secrets and never reach an environment or a command line
 * @param stopSignal what ends it in order
 * @param log where its output is copied to
 */
public record Contents(
        String name,
        Image image,
        int containerPort,
        int hostPort,
        long memoryBytes,
        Map<String, byte[]> files,
        String stopSignal,
        Path log) {

    /** Where the files are. */
    static final String CONFIGURATION = "/etc/ashlar/";

    public Contents {
        files = Map.copyOf(files);
    }

    /** Texts as files. */
    public static Map<String, byte[]> texts(Map<String, String> texts) {
        Map<String, byte[]> files = new HashMap<>();
        texts.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return files;
    }

    @Override
    public String toString() {
        return "Contents[" + name + "]";
    }
}
