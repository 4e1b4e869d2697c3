package io.ashlar.export.store;

import io.ashlar.export.receipt.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into part files of equal length. Not thread-safe. */
final class Spool {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Optional<Path> directory;
    private final int partBytes;
    private final MessageDigest digest = Digests.sha256();
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private int written;

    /** One part on disk. */
    record PartFile(Path file, long bytes, String sha256) {}

    Spool(Optional<Path> directory, int partBytes) {
        this.directory = directory;
        this.partBytes = partBytes;
    }

    /** Room left in the part being written. */
    int room() {
        return partBytes - written;
    }

    /** Writes at most {@link #room()} bytes. */
    void write(byte[] bytes, int from, int length) throws IOException {
        OutputStream target = out;
        if (target == null) {
            Path fresh = directory.isPresent()
                    ? Files.createTempFile(directory.get(), "ashlar-export-", ".part")
                    : Files.createTempFile("ashlar-export-", ".part");
            target = new BufferedOutputStream(Files.newOutputStream(fresh), BUFFER_BYTES);
            file = fresh;
            out = target;
        }
        target.write(bytes, from, length);
        digest.update(bytes, from, length);
        written += length;
    }

    /** Ends the part being written, if there is one. */
    Optional<PartFile> cut() throws IOException {
        Path done = file;
        OutputStream target = out;
        if (done == null || target == null) {
            return Optional.empty();
        }
        target.close();
        PartFile part = new PartFile(done, written, Digests.text(digest));
        file = null;
        out = null;
        written = 0;
        return Optional.of(part);
    }

    /** Removes the part being written. */
    void discard() throws IOException {
        Optional<PartFile> part = cut();
        if (part.isPresent()) {
            Files.deleteIfExists(part.get().file());
        }
    }
}
