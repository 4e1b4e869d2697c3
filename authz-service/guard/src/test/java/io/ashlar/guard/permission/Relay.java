package io.ashlar.guard.permission;

import io.ashlar.authz.change.ChangeCodec;
import io.ashlar.authz.change.ChangeMessage;
import io.ashlar.local.StackResource;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Tells the change topic what authz's relay would. Used by one thread. */
final class Relay implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> changes = new KafkaProducer<>(
            Map.of("bootstrap.servers", StackResource.stack().endpoints().kafkaBootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private @Nullable ScheduledExecutorService ticking;

    /** Ticks from now on. */
    void begin() {
        ticking = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> ticks = ticking.scheduleAtFixedRate(
                () -> send(new ChangeMessage.Tick(1, Instant.now())),
                0,
                ChangeMessage.TICK_MILLIS,
                TimeUnit.MILLISECONDS);
        if (ticks.isCancelled()) {
            throw new IllegalStateException("nothing ticks");
        }
    }

    void send(ChangeMessage message) {
        try {
            changes.send(ChangeCodec.toRecord(message)).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Silence; the topic is behind a second later. */
    void end() {
        if (ticking != null) {
            ticking.shutdownNow();
            ticking.close();
        }
    }

    @Override
    public void close() {
        end();
        changes.close();
    }
}
