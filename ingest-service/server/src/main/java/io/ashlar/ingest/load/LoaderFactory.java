package io.ashlar.ingest.load;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Puts a loader together and starts it. */
@Singleton
class LoaderFactory {

    private final LoaderConfig config;
    private final Map<String, Object> kafka;
    private final AgroalDataSource system;
    private final LaneFactory laneFactory;
    private final ChunkDecoder decoder;

    LoaderFactory(
            LoaderConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @DataSource("system") AgroalDataSource system,
            LaneFactory laneFactory,
            ChunkDecoder decoder) {
        this.config = config;
        this.kafka = kafka;
        this.system = system;
        this.laneFactory = laneFactory;
        this.decoder = decoder;
    }

    Optional<RunningLoader> start() {
        return config.enabled() ? Optional.of(start(Map.of())) : Optional.empty();
    }

    /** Starts one more, with these consumer settings changed. */
    RunningLoader start(Map<String, Object> changed) {
        List<Lane> lanes = laneFactory.make(config.lanes());
        lanes.forEach(Lane::start);
        Map<String, Object> settings = settings();
        settings.putAll(changed);
        Loader loader = new Loader(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                system,
                decoder,
                lanes,
                config);
        return new RunningLoader(
                loader, Thread.ofPlatform().name("ingest-loader").daemon().start(loader), lanes);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A topic that is made while we wait is seen within seconds, and never made by waiting for it.
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5_000);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 32);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        return settings;
    }
}
