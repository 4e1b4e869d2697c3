package io.ashlar.ingest.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The stable hash that puts an entity's records into one partition: MurmurHash3 x86 32-bit (Austin Appleby, public domain
 * algorithm), seed 0, over the tenant's sixteen bytes, big-endian, and the entity id in UTF-8. Frozen by a golden file:
 * another value for the same entity would break the order of its events.
 */
public final class EntityPartition {

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;
    private static final int TENANT_BYTES = 16;

    private EntityPartition() {}

    /** The partition, 0 to {@code partitions - 1}. */
    public static int of(UUID tenant, String entityId, int partitions) {
        byte[] id = entityId.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[TENANT_BYTES + id.length];
        putLong(bytes, 0, tenant.getMostSignificantBits());
        putLong(bytes, Long.BYTES, tenant.getLeastSignificantBits());
        System.arraycopy(id, 0, bytes, TENANT_BYTES, id.length);
        return (murmur3(bytes) & Integer.MAX_VALUE) % partitions;
    }

    static int murmur3(byte[] bytes) {
        int hash = 0;
        int blocks = bytes.length & ~3;
        for (int at = 0; at < blocks; at += 4) {
            int block = (bytes[at] & 0xff)
                    | ((bytes[at + 1] & 0xff) << 8)
                    | ((bytes[at + 2] & 0xff) << 16)
                    | (bytes[at + 3] << 24);
            hash = Integer.rotateLeft(hash ^ scramble(block), 13) * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int at = bytes.length - 1; at >= blocks; at--) {
            tail = (tail << 8) | (bytes[at] & 0xff);
        }
        hash ^= scramble(tail);
        hash ^= bytes.length;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    private static int scramble(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    private static void putLong(byte[] bytes, int at, long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }
}
