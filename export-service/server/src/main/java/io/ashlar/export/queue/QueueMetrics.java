package io.ashlar.export.queue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How much waits and for how long, read every 15 s; the same numbers from every process. */
@Singleton
public final class QueueMetrics {

    private final AgroalDataSource system;
    private final Map<Lane, AtomicLong> waiting = new EnumMap<>(Lane.class);
    private final Map<Lane, AtomicLong> oldestSeconds = new EnumMap<>(Lane.class);

    QueueMetrics(@DataSource("system") AgroalDataSource system) {
        this.system = system;
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new AtomicLong());
            oldestSeconds.put(lane, new AtomicLong());
        }
    }

    void register(@Observes StartupEvent event, MeterRegistry meters, Workers workers) {
        for (Lane lane : Lane.values()) {
            Gauge.builder("ashlar.export.queue.waiting", waiting, all -> value(all, lane))
                    .description("jobs that could be claimed now")
                    .tag("lane", lane.column())
                    .register(meters);
            Gauge.builder("ashlar.export.queue.oldest.seconds", oldestSeconds, all -> value(all, lane))
                    .description("how long the oldest of them has waited")
                    .tag("lane", lane.column())
                    .register(meters);
        }
        Gauge.builder("ashlar.export.jobs.running", workers, Workers::running)
                .description("jobs this process runs")
                .register(meters);
    }

    @Scheduled(every = "15s", delayed = "2s")
    @RunOnVirtualThread
    void read() throws SQLException {
        String sql = """
                SELECT lane, count(*), extract(epoch FROM now() - min(available_at))::bigint
                FROM export.jobs WHERE state = 'queued' AND available_at <= now() GROUP BY lane
                """;
        Map<String, long[]> found = new HashMap<>();
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.put(row.getString(1), new long[] {row.getLong(2), row.getLong(3)});
            }
        }
        for (Lane lane : Lane.values()) {
            long[] numbers = found.getOrDefault(lane.column(), new long[] {0, 0});
            set(waiting, lane, numbers[0]);
            set(oldestSeconds, lane, numbers[1]);
        }
    }

    private static double value(Map<Lane, AtomicLong> all, Lane lane) {
        AtomicLong number = all.get(lane);
        return number == null ? 0 : number.get();
    }

    private static void set(Map<Lane, AtomicLong> all, Lane lane, long value) {
        AtomicLong number = all.get(lane);
        if (number != null) {
            number.set(value);
        }
    }
}
