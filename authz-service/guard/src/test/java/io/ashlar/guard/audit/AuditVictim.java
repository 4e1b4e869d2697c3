package io.ashlar.guard.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ashlar.authz.audit.SpoolOptions;
import io.ashlar.ingest.audit.AuditEvent;
import io.ashlar.ingest.audit.AuditLog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A process that records decisions as fast as four threads can, and says on standard output which ones are recorded, until it is
 * killed. Meanwhile they are shipped.
 */
final class AuditVictim {

    private AuditVictim() {}

    public static void main(String[] args) throws InterruptedException {
        UUID tenant = UUID.fromString(args[2]);
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        try (AuditLog log = open(Path.of(args[0]), args[1])) {
            Thread[] writers = new Thread[4];
            for (int writer = 0; writer < writers.length; writer++) {
                String name = args[3] + "-" + writer;
                writers[writer] = Thread.ofPlatform().start(() -> write(log, tenant, out, name));
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    static AuditLog open(Path directory, String bootstrap) {
        SpoolOptions options = new SpoolOptions(directory, 1 << 20, 64, Duration.ofSeconds(20), Duration.ofMillis(100));
        return AuditLog.open("victim", options, Map.of("bootstrap.servers", bootstrap), Duration.ofSeconds(60));
    }

    private static void write(AuditLog log, UUID tenant, PrintStream out, String name) {
        for (int i = 0; i < 10_000_000; i++) {
            String id = name + "-" + i;
            // Every third is asked twice and allowed: one event, mostly.
            boolean twice = i % 3 == 0;
            log.record(event(tenant, id, twice));
            if (twice) {
                log.record(event(tenant, id, true));
            }
            out.println(id);
        }
    }

    /** How many decisions there are about the resource of that id. */
    static long decisions(String id) {
        return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)) % 3 == 0 ? 2 : 1;
    }

    static AuditEvent event(UUID tenant, String id, boolean allowed) {
        Instant now = Instant.now();
        return new AuditEvent(
                tenant,
                "ana",
                null,
                "read",
                new AuditEvent.Resource("Flight", id),
                allowed ? AuditEvent.Decision.ALLOW : AuditEvent.Decision.DENY,
                "policy",
                7,
                12,
                1,
                now,
                now,
                null,
                null,
                AuditEvent.noInputs());
    }
}
