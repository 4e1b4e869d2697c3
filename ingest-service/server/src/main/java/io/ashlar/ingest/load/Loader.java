package io.ashlar.ingest.load;

import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.event.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * The consumer thread: keeps the holds of the partitions the group gave to this instance, decodes chunks into the lanes'
 * buffers, and holds the consumer back where a lane is full. Offsets live in the store; the group only shares partitions out.
 */
final class Loader implements Runnable, ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(Loader.class);
    private static final Duration BUSY_POLL = Duration.ofMillis(10);
    private static final Duration IDLE_POLL = Duration.ofMillis(100);
    private static final String TOPIC = Topics.TELEMETRY.name();

    /** A partition assigned to this instance, with the right to write it if it has one. */
    private static final class Slot {
        private final long beginning;
        private Optional<PartitionHold> hold = Optional.empty();
        private long notBefore = System.nanoTime();
        private boolean lostNoticed;
        private boolean stuck;

        Slot(long beginning) {
            this.beginning = beginning;
        }
    }

    private final Consumer<byte[], byte[]> consumer;
    private final AgroalDataSource system;
    private final ChunkDecoder decoder;
    private final List<Lane> lanes;
    private final LoaderConfig config;
    private final Map<Integer, Slot> slots = new HashMap<>();
    private volatile boolean stopping;
    private volatile LoaderState state = new LoaderState(0, List.of(), List.of());

    Loader(
            Consumer<byte[], byte[]> consumer,
            AgroalDataSource system,
            ChunkDecoder decoder,
            List<Lane> lanes,
            LoaderConfig config) {
        this.consumer = consumer;
        this.system = system;
        this.decoder = decoder;
        this.lanes = lanes;
        this.config = config;
    }

    LoaderState state() {
        return state;
    }

    void stop() {
        stopping = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(List.of(TOPIC), this);
            while (!stopping) {
                try {
                    round();
                } catch (WakeupException stopped) {
                    throw stopped;
                } catch (RuntimeException unexpected) {
                    // A dead thread would look like an idle one: begin again from the store's offsets instead.
                    LOG.error("loader round failed", unexpected);
                    slots.values().forEach(slot -> slot.hold.ifPresent(hold -> hold.end(PartitionHold.State.FAILED)));
                }
            }
        } catch (WakeupException stopped) {
            LOG.debug("loader stopped");
        } finally {
            end(PartitionHold.State.REVOKED, Set.copyOf(slots.keySet()));
        }
    }

    private void round() {
        takeUp();
        lanes.forEach(lane -> lane.handOver(config.rowsMin(), config.linger()));
        regulate();
        publish();
        try {
            boolean waiting = lanes.stream().anyMatch(lane -> !lane.open().isEmpty());
            for (ConsumerRecord<byte[], byte[]> chunk : consumer.poll(waiting ? BUSY_POLL : IDLE_POLL)) {
                decode(chunk);
            }
        } catch (OffsetOutOfRangeException gone) {
            // The log no longer has what the store needs next. Going on elsewhere would lose it without a word.
            for (TopicPartition partition : gone.partitions()) {
                LOG.errorf("offset is not on the log partition=%d", partition.partition());
                Slot slot = slots.get(partition.partition());
                if (slot != null) {
                    slot.stuck = true;
                    slot.hold.ifPresent(hold -> hold.end(PartitionHold.State.FAILED));
                    consumer.pause(List.of(partition));
                    consumer.seek(partition, slot.beginning);
                }
            }
        } catch (NoOffsetForPartitionException assignedInVain) {
            // The broker was out of reach while it was assigned.
            onPartitionsAssigned(assignedInVain.partitions());
        } catch (WakeupException stopped) {
            throw stopped;
        } catch (KafkaException broker) {
            LOG.warnf("poll failed: %s", broker.getMessage());
        }
    }

    private void decode(ConsumerRecord<byte[], byte[]> chunk) {
        Slot slot = slots.get(chunk.partition());
        PartitionHold hold = slot == null ? null : slot.hold.orElse(null);
        if (hold == null || !hold.held()) {
            return;
        }
        try {
            decoder.decode(laneOf(chunk.partition()).open(), hold, chunk);
        } catch (SQLException unreachable) {
            LOG.warnf("attributes not read: %s", unreachable.getMessage());
            hold.end(PartitionHold.State.FAILED);
        }
    }

    /** Acquires what is assigned and not held. */
    private void takeUp() {
        slots.forEach((partition, slot) -> {
            if (slot.stuck || slot.hold.filter(PartitionHold::held).isPresent()) {
                return;
            }
            slot.hold.filter(lost -> !slot.lostNoticed).ifPresent(lost -> {
                Duration pause =
                        lost.state() == PartitionHold.State.FENCED ? config.reclaimAfter() : config.retryAfter();
                slot.notBefore = System.nanoTime() + pause.toNanos();
                slot.lostNoticed = true;
                consumer.pause(List.of(new TopicPartition(TOPIC, partition)));
            });
            if (System.nanoTime() - slot.notBefore >= 0) {
                acquire(partition, slot);
            }
        });
    }

    private void acquire(int partition, Slot slot) {
        TopicPartition at = new TopicPartition(TOPIC, partition);
        try (Connection connection = system.getConnection()) {
            slot.hold = Fence.acquire(connection, partition, slot.beginning);
            slot.lostNoticed = false;
            if (slot.hold.isEmpty()) {
                LOG.errorf("partition belongs to another cluster or a younger timeline partition=%d", partition);
                slot.notBefore = System.nanoTime() + config.reclaimAfter().toNanos();
                return;
            }
            PartitionHold hold = slot.hold.get();
            consumer.seek(at, hold.nextOffset());
            consumer.resume(List.of(at));
            LOG.infof("partition taken partition=%d epoch=%d offset=%d", partition, hold.epoch(), hold.nextOffset());
        } catch (SQLException unreachable) {
            LOG.warnf("partition not taken partition=%d: %s", partition, unreachable.getMessage());
            slot.notBefore = System.nanoTime() + config.retryAfter().toNanos();
        }
    }

    /** Fetches nothing for a lane that has enough. */
    private void regulate() {
        slots.forEach((partition, slot) -> {
            if (slot.hold.filter(PartitionHold::held).isEmpty()) {
                return;
            }
            List<TopicPartition> at = List.of(new TopicPartition(TOPIC, partition));
            if (laneOf(partition).open().rows >= config.rowsMax()) {
                consumer.pause(at);
            } else {
                consumer.resume(at);
            }
        });
    }

    private Lane laneOf(int partition) {
        return lanes.get(partition % lanes.size());
    }

    private void publish() {
        List<Integer> lost = slots.entrySet().stream()
                .filter(slot -> slot.getValue().hold.filter(PartitionHold::held).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        List<Integer> stuck = slots.entrySet().stream()
                .filter(slot -> slot.getValue().stuck)
                .map(Map.Entry::getKey)
                .toList();
        state = new LoaderState(slots.size(), lost, stuck);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long beginning = beginnings.getOrDefault(partition, 0L);
            // A position is needed before the first fetch, and nothing is fetched before the hold is there.
            consumer.seek(partition, beginning);
            consumer.pause(List.of(partition));
            slots.put(partition.partition(), new Slot(beginning));
        }
        takeUp();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        end(
                PartitionHold.State.REVOKED,
                partitions.stream().map(TopicPartition::partition).toList());
    }

    private void end(PartitionHold.State reason, Collection<Integer> partitions) {
        for (int partition : partitions) {
            Slot slot = slots.remove(partition);
            if (slot != null) {
                slot.hold.ifPresent(hold -> hold.end(reason));
            }
        }
    }
}
