package io.ashlar.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs programs that end by themselves. */
public final class Programs {

    private static final int OUTPUT_BYTES = 200_000;

    private Programs() {}

    /**
     * Waits for the end.
     *
     * @return its output, at most 200 kB
     * @throws IOException if it cannot be started or ends with another status than 0, with its output
     */
    public static String run(List<String> command, Path directory) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        String output;
        try (var in = process.getInputStream()) {
            output = new String(in.readNBytes(OUTPUT_BYTES), StandardCharsets.UTF_8);
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(command.getFirst() + " ended with status " + status + ":\n" + output);
            }
            return output;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " was running", e);
        }
    }
}
