package io.ashlar.cedar.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The files of {@code conformance/cedar/cedar-dev.tar.gz} (Apache-2.0, cedar-policy/cedar-integration-tests) in memory. */
final class Archive {

    private static final int BLOCK = 512;

    private Archive() {}

    /** Text by path; the test is skipped, loudly, where the archive is not at hand. */
    static Map<String, String> files() throws IOException {
        Path root = Path.of(System.getProperty("ashlar.root", "../.."));
        String shared = Optional.ofNullable(System.getProperty("ashlar.shared"))
                .or(() -> Optional.ofNullable(System.getenv("ASHLAR_SHARED")))
                .orElse("../shared");
        Path file = root.resolve(shared).resolve("conformance/cedar/cedar-dev.tar.gz");
        if (!Files.isReadable(file)) {
            System.err.println("SKIPPED: no Cedar conformance cases at " + file + "; set ASHLAR_SHARED");
        }
        assumeTrue(Files.isReadable(file), "no Cedar conformance cases");
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            return read(new DataInputStream(in));
        }
    }

    /** Headers and contents of POSIX tar, names of up to 100 characters. */
    private static Map<String, String> read(DataInputStream in) throws IOException {
        Map<String, String> files = new HashMap<>();
        byte[] header = new byte[BLOCK];
        while (true) {
            try {
                in.readFully(header);
            } catch (EOFException e) {
                return files;
            }
            String name = field(header, 0, 100);
            if (name.isEmpty()) {
                return files;
            }
            byte[] content = new byte[Integer.parseInt(field(header, 124, 11), 8)];
            in.readFully(content);
            in.skipNBytes((BLOCK - content.length % BLOCK) % BLOCK);
            files.put(name.startsWith("./") ? name.substring(2) : name, new String(content, StandardCharsets.UTF_8));
        }
    }

    private static String field(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8).trim();
    }
}
