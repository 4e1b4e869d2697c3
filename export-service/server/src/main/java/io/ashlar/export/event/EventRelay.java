package io.ashlar.export.event;

import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.event.Topics;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Moves the outbox to the topic, in the order of the changes of each export. */
@Singleton
public final class EventRelay {

    static final String TYPE = "io.ashlar.export.state.v1";

    private static final Logger LOG = Logger.getLogger(EventRelay.class);
    private static final URI SOURCE = URI.create("urn:ashlar:export");
    private static final long LOCK = 0x4153_4a45_5645_4e54L;
    private static final int BATCH = 200;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final AgroalDataSource direct;
    private final MutinyEmitter<byte[]> emitter;

    EventRelay(@DataSource("direct") AgroalDataSource direct, @Channel("exports") MutinyEmitter<byte[]> emitter) {
        this.direct = direct;
        this.emitter = emitter;
    }

    private record Event(long id, UUID tenant, UUID job, String body, OffsetDateTime at) {}

    /** Channels are connected while the application starts, after the scheduler: before that there is nothing to send on. */
    @Scheduled(
            every = "1s",
            identity = "export-relay",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    @RunOnVirtualThread
    void relay() throws SQLException {
        int sent;
        do {
            sent = batch();
        } while (sent == BATCH);
    }

    /** One transaction: what the broker does not take stays in the outbox. */
    private int batch() throws SQLException {
        try (Connection connection = direct.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<Event> events = lock(connection) ? read(connection) : List.of();
                if (!events.isEmpty()) {
                    send(events);
                    delete(connection, events);
                }
                connection.commit();
                return events.size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                LOG.warnf(e, "event=relay_failed, the events stay in the outbox");
                return 0;
            }
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static List<Event> read(Connection connection) throws SQLException {
        String sql = "SELECT id, tenant_id, job_id, body, created_at FROM export.events ORDER BY id LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, BATCH);
            List<Event> events = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(new Event(
                            row.getLong(1),
                            row.getObject(2, UUID.class),
                            row.getObject(3, UUID.class),
                            row.getString(4),
                            row.getObject(5, OffsetDateTime.class)));
                }
            }
            return events;
        }
    }

    private void send(List<Event> events) {
        List<Uni<Void>> sending = events.stream()
                .map(event -> emitter.sendMessage(message(event)))
                .toList();
        Uni.join().all(sending).andFailFast().await().atMost(DEADLINE);
    }

    private static Message<byte[]> message(Event event) {
        return Message.of(event.body().getBytes(StandardCharsets.UTF_8))
                .addMetadata(OutgoingCloudEventMetadata.<byte[]>builder()
                        .withId(event.job() + "-" + event.id())
                        .withSource(SOURCE)
                        .withType(TYPE)
                        .withTimestamp(event.at().atZoneSameInstant(ZoneOffset.UTC))
                        .withDataContentType("application/json")
                        .build())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(event.job().toString())
                        .withPartition(Topics.EXPORTS.partitionOf(
                                event.tenant(), event.job().toString()))
                        .build());
    }

    private static void delete(Connection connection, List<Event> events) throws SQLException {
        Array ids = connection.createArrayOf(
                "bigint", events.stream().map(Event::id).toArray(Long[]::new));
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM export.events WHERE id = ANY (?)")) {
            statement.setArray(1, ids);
            statement.executeUpdate();
        } finally {
            ids.free();
        }
    }
}
