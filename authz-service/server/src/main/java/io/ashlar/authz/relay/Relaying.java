package io.ashlar.authz.relay;

import io.ashlar.authz.database.DatabaseConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Starts and ends the relay with the application. */
@ApplicationScoped
class Relaying {

    private static final int SOCKET_SECONDS_MAX = 5;

    private final Map<String, Object> kafka;
    private final DatabaseConfig database;
    private final RelayConfig config;
    private final MeterRegistry meters;
    private @Nullable ChangeRelay relay;

    Relaying(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            DatabaseConfig database,
            RelayConfig config,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.database = database;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled()) {
            ChangeRelay running = ChangeRelay.start(direct(database), producer(kafka), config);
            relay = running;
            Gauge.builder("ashlar.authz.relay.epoch", running, ChangeRelay::epoch)
                    .description("term in which this instance relays changes; 0 while another does")
                    .register(meters);
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        if (relay != null) {
            relay.close();
        }
    }

    /** Connections of role {@code system} past any pooler; a database that hangs ends the term. */
    static DataSource direct(DatabaseConfig database) {
        PGSimpleDataSource direct = new PGSimpleDataSource();
        direct.setUrl(database.directUrl());
        direct.setUser(database.system().username());
        direct.setPassword(database.system().password());
        direct.setSocketTimeout(SOCKET_SECONDS_MAX);
        direct.setConnectTimeout(SOCKET_SECONDS_MAX);
        direct.setApplicationName("ashlar-authz-relay");
        return direct;
    }

    static Map<String, Object> producer(Map<String, Object> kafka) {
        Map<String, Object> producer = new HashMap<>(kafka);
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        return producer;
    }
}
