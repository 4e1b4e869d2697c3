package io.ashlar.export.receipt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * What one pass over a file finds: length, digests of the whole and of each part, CSV records. Memory does not grow with
 * the file.
 *
 * @param bytes length
 * @param sha256 digest of the whole
 * @param parts digests of the parts, cut where the receipt cuts them; shorter if the file is
 * @param csvRecords records by RFC 4180: line ends outside quotes, and a last record without one
 */
record FileFacts(long bytes, String sha256, List<String> parts, long csvRecords) {

    private static final int BUFFER_BYTES = 64 * 1024;

    static FileFacts of(Path file, List<Part> cuts) throws IOException {
        MessageDigest whole = Digests.sha256();
        PartDigests parts = new PartDigests(cuts);
        CsvCount count = new CsvCount();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                whole.update(buffer, 0, n);
                parts.update(buffer, n);
                count.update(buffer, n);
                bytes += n;
            }
        }
        return new FileFacts(bytes, Digests.text(whole), parts.finish(), count.finish());
    }

    private static final class PartDigests {
        private final List<Part> cuts;
        private final List<String> digests = new ArrayList<>();
        private final MessageDigest current = Digests.sha256();
        private long left;

        PartDigests(List<Part> cuts) {
            this.cuts = cuts;
            left = cuts.isEmpty() ? 0 : cuts.getFirst().bytes();
        }

        void update(byte[] buffer, int length) {
            int from = 0;
            while (from < length && digests.size() < cuts.size()) {
                int n = (int) Math.min(left, length - from);
                current.update(buffer, from, n);
                from += n;
                left -= n;
                if (left == 0) {
                    close();
                }
            }
        }

        List<String> finish() {
            if (digests.size() < cuts.size() && left < cuts.get(digests.size()).bytes()) {
                close();
            }
            return List.copyOf(digests);
        }

        private void close() {
            digests.add(Digests.text(current));
            left = digests.size() < cuts.size() ? cuts.get(digests.size()).bytes() : 0;
        }
    }

    private static final class CsvCount {
        private boolean quoted;
        private boolean open;
        private long records;

        void update(byte[] buffer, int length) {
            for (int i = 0; i < length; i++) {
                byte b = buffer[i];
                if (b == '"') {
                    quoted = !quoted;
                    open = true;
                } else if (b == '\n' && !quoted) {
                    records++;
                    open = false;
                } else if (b != '\r') {
                    open = true;
                }
            }
        }

        long finish() {
            return open ? records + 1 : records;
        }
    }
}
