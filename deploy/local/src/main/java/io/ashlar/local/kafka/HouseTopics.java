package io.ashlar.local.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topics of the house (design §3). Partition counts are fixed at install: a key's partition depends on them.
 *
 * @param name of the topic
 * @param partitions fixed
 * @param retention how long records are kept
 * @param appendTime whether the broker's time is the record's: the time by which rows are partitioned must be one that no
 *     producer can choose
 */
public record HouseTopics(String name, int partitions, Duration retention, boolean appendTime) {

    /** A chunk is at most 900 KiB; the rest is headers and the batch around it. */
    public static final int MAX_MESSAGE_BYTES = 1_048_576 + 65_536;

    public static final List<HouseTopics> ALL = List.of(
            new HouseTopics("ashlar.telemetry.v1", 12, Duration.ofDays(7), true),
            new HouseTopics("ashlar.audit.v1", 6, Duration.ofDays(7), true),
            new HouseTopics("ashlar.authz.changes.v1", 1, Duration.ofDays(1), false),
            new HouseTopics("ashlar.exports.v1", 3, Duration.ofDays(7), false),
            new HouseTopics("ashlar.telemetry.dead.v1", 3, Duration.ofDays(30), false));

    NewTopic toNewTopic() {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", Long.toString(retention.toMillis()));
        settings.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("message.timestamp.type", appendTime ? "LogAppendTime" : "CreateTime");
        // A segment is allocated on disk by what is written, but its index files are allocated whole.
        settings.put("segment.index.bytes", Integer.toString(1 << 20));
        return new NewTopic(name, partitions, (short) 1).configs(settings);
    }
}
