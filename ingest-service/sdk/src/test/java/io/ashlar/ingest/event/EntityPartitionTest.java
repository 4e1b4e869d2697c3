package io.ashlar.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EntityPartitionTest {

    /** Published vectors of MurmurHash3_x86_32 with seed 0. */
    @Test
    void hashesLikeTheReference() {
        assertThat(EntityPartition.murmur3(new byte[0])).isZero();
        assertThat(EntityPartition.murmur3("test".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(0xba6bd213);
        assertThat(EntityPartition.murmur3("Hello, world!".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(0xc0363e43);
        assertThat(EntityPartition.murmur3(
                        "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(0x2e4ff723);
    }

    @Test
    void partitionsAreFrozen() throws IOException {
        try (var golden = Objects.requireNonNull(getClass().getResourceAsStream("/golden/partitions.txt"))) {
            String text = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(" ", 3);
                assertThat(Topics.TELEMETRY.partitionOf(UUID.fromString(parts[0]), parts[2]))
                        .as(line)
                        .isEqualTo(Integer.parseInt(parts[1]));
            });
        }
    }

    @Property
    void everyPartitionIsOne(@ForAll long high, @ForAll long low, @ForAll String entity) {
        UUID tenant = new UUID(high, low);
        assertThat(Topics.TELEMETRY.partitionOf(tenant, entity)).isBetween(0, 11);
        assertThat(Topics.TELEMETRY_DEAD.partitionOf(tenant, entity)).isBetween(0, 2);
    }

    @Test
    void topicsAreFrozen() {
        assertThat(Topics.all().stream().map(t -> t.number() + " " + t.name() + " " + t.partitions()))
                .containsExactly(
                        "1 ashlar.telemetry.v1 12",
                        "2 ashlar.audit.v1 6",
                        "3 ashlar.authz.changes.v1 1",
                        "4 ashlar.exports.v1 3",
                        "5 ashlar.telemetry.dead.v1 3");
        assertThat(Topics.byName("ashlar.audit.v1")).contains(Topics.AUDIT);
    }
}
