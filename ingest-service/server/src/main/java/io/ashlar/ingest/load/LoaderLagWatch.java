package io.ashlar.ingest.load;

import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.event.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * {@code ashlar_ingest_loader_lag_seconds} and {@code …_lag_chunks}, read each second from the log and from the store, the same
 * from every instance whether it loads or not. While one of the two is out of reach the seconds go on growing.
 */
@ApplicationScoped
@Startup
class LoaderLagWatch {

    private static final Logger LOG = Logger.getLogger(LoaderLagWatch.class);
    private static final int DEADLINE_MILLIS = 5_000;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final String STORED = """
            SELECT partition, next_offset
            FROM ingest.loaded_offsets
            WHERE topic = ?
            """;

    private final AgroalDataSource system;
    private final Admin admin;
    private final LoaderLag lag = new LoaderLag();
    private boolean failing;

    LoaderLagWatch(
            @DataSource("system") AgroalDataSource system,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry meters) {
        this.system = system;
        this.admin = Admin.create(kafka);
        Gauge.builder("ashlar.ingest.loader.lag", lag, LoaderLagWatch::seconds)
                .baseUnit("seconds")
                .description("age of the youngest moment whose records are all stored; NaN before the first reading")
                .register(meters);
        Gauge.builder("ashlar.ingest.loader.lag.chunks", lag, LoaderLag::chunks)
                .description("chunks on the log that are not stored")
                .register(meters);
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void read() {
        try {
            // In this order: what is stored by now can only have grown when the ends are read.
            long nanos = System.nanoTime();
            Map<Integer, Long> stored = stored();
            lag.read(nanos, stored, ends());
            failing = false;
        } catch (SQLException | ExecutionException | TimeoutException e) {
            if (!failing) {
                LOG.warnf("event=loader_lag_not_read: %s", e.getMessage());
            }
            failing = true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void close(@Observes ShutdownEvent event) {
        admin.close(Duration.ofSeconds(1));
    }

    private Map<Integer, Long> stored() throws SQLException {
        Map<Integer, Long> stored = new HashMap<>();
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(STORED)) {
            statement.setShort(1, (short) Topics.TELEMETRY.number());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    stored.put(row.getInt(1), row.getLong(2));
                }
            }
        }
        return stored;
    }

    private Map<Integer, Long> ends() throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < Topics.TELEMETRY.partitions(); partition++) {
            wanted.put(new TopicPartition(Topics.TELEMETRY.name(), partition), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new HashMap<>();
        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(DEADLINE_MILLIS))
                .all()
                .get(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    private static double seconds(LoaderLag lag) {
        OptionalLong behind = lag.behindNanos(System.nanoTime());
        return behind.isPresent() ? behind.getAsLong() / NANOS : Double.NaN;
    }
}
