package io.ashlar.authz.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * A process that writes under load until it is killed: four threads append and say on standard output what was taken; a
 * shipper delivers into a file at the same time.
 */
final class SpoolVictim {

    private SpoolVictim() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        AuditSpool spool = AuditSpool.open(options(directory));
        FileSink sink = new FileSink(directory.resolve("delivered"));
        try (AuditShipper shipper = AuditShipper.start(spool, sink, Duration.ZERO)) {
            PrintStream out = new PrintStream(System.out, true, UTF_8);
            Thread[] writers = new Thread[4];
            for (int writer = 0; writer < writers.length; writer++) {
                String name = args[1] + "-" + writer;
                writers[writer] = Thread.ofPlatform().start(() -> write(spool, out, name));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            out.println("shipped " + shipper.shipped());
        }
    }

    private static void write(AuditSpool spool, PrintStream out, String name) {
        for (int i = 0; i < 10_000_000; i++) {
            String id = name + "-" + i;
            // Every third is one of a pair that may be merged; the first of a pair is always kept.
            spool.append(AuditSpoolTest.record(id), null);
            if (i % 3 == 0) {
                spool.append(AuditSpoolTest.record(id + "m"), id + "m");
                spool.append(AuditSpoolTest.record(id + "m"), id + "m");
            }
            out.println(id);
        }
    }

    static SpoolOptions options(Path directory) {
        return new SpoolOptions(
                directory.resolve("spool"), 64 << 10, 400, Duration.ofSeconds(10), Duration.ofMillis(20));
    }

    /** Appends ids to a file; each batch is written before it is acknowledged. */
    record FileSink(FileChannel channel) implements AuditSink {

        FileSink(Path file) throws IOException {
            this(FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        }

        @Override
        public void deliver(List<SpooledRecord> records) throws DeliveryException {
            StringBuilder lines = new StringBuilder();
            for (SpooledRecord record : records) {
                lines.append(AuditSpoolTest.body(record))
                        .append(' ')
                        .append(record.count())
                        .append('\n');
            }
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(UTF_8));
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw new DeliveryException("cannot write", e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
