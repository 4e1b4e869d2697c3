package io.ashlar.authz.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.api.Authz;
import io.ashlar.authz.change.ChangeCodec;
import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.authz.database.DatabaseConfig;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Three relays beside one another, and whoever holds the office has its connection cut again and again. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class RelayIT {

    private static final TopicPartition TOPIC = new TopicPartition(ChangeMessage.TOPIC, 0);

    @Inject
    DatabaseConfig database;

    @Inject
    RelayConfig config;

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", StackResource.stack().endpoints().kafkaBootstrap());
    }

    /** Cuts the connection of the one that holds the lock. */
    private static int cutHolder() throws SQLException {
        Endpoints endpoints = StackResource.stack().endpoints();
        try (Connection superuser = DriverManager.getConnection(
                        endpoints.jdbcUrl(Server.CONTROL),
                        Endpoints.SUPERUSER,
                        endpoints.databasePassword(Endpoints.SUPERUSER));
                Statement statement = superuser.createStatement();
                var rows = statement.executeQuery("""
                        SELECT count(*) FROM (
                            SELECT pg_terminate_backend(pid) FROM pg_locks
                            WHERE locktype = 'advisory' AND granted
                                AND ((classid::bigint << 32) | objid::bigint) = 7022071011741101153
                        ) AS cut
                        """)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void neverTwoAndNothingLost() throws Exception {
        UUID tenant = Authz.tenant();
        List<ChangeMessage> heard = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                ChangeRelay second = ChangeRelay.start(Relaying.direct(database), Relaying.producer(kafka()), config);
                ChangeRelay third = ChangeRelay.start(Relaying.direct(database), Relaying.producer(kafka()), config)) {
            consumer.assign(List.of(TOPIC));
            consumer.seekToEnd(List.of(TOPIC));
            assertThat(consumer.position(TOPIC)).isNotNegative();
            assertThat(second).isNotSameAs(third);
            int cuts = 0;
            for (int i = 0; i < 30; i++) {
                Authz.user(tenant, "u" + i, "{\"roles\":[\"viewer\"]}").then().statusCode(201);
                if (i % 6 == 5) {
                    cuts += Awaitility.await()
                            .atMost(Duration.ofSeconds(30))
                            .until(RelayIT::cutHolder, cut -> cut == 1);
                }
            }
            assertThat(cuts).isEqualTo(5);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> ChangeCodec.read(record.headers(), record.value())
                                .ifPresent(heard::add));
                return revisions(heard, tenant).contains(32L);
            });
        }
        assertThat(revisions(heard, tenant))
                .containsAll(LongStream.rangeClosed(3, 32).boxed().toList());
        List<Long> terms = heard.stream().map(ChangeMessage::epoch).toList();
        assertThat(terms).as("a term that has ended never speaks again").isSorted();
        assertThat(terms.getLast()).isGreaterThanOrEqualTo(terms.getFirst() + 4);
    }

    private static List<Long> revisions(List<ChangeMessage> heard, UUID tenant) {
        return heard.stream()
                .filter(message -> message instanceof ChangeMessage.Change change
                        && change.tenant().equals(tenant))
                .map(message -> ((ChangeMessage.Change) message).revision())
                .distinct()
                .toList();
    }
}
