package io.ashlar.authz.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What is handed to the spool: where it goes in Kafka, and its bytes. The arrays are not copied; do not change them.
 */
public final class SpoolRecord {

    private final int partition;
    private final byte[] key;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * A record.
     *
     * @param partition the partition of the audit topic, 0 or more
     * @param key the Kafka key
     * @param headers by name; names and values up to 32 KiB each in UTF-8
     * @param body whatever the producer encoded
     */
    public SpoolRecord(int partition, byte[] key, Map<String, String> headers, byte[] body) {
        if (partition < 0) {
            throw new IllegalArgumentException("partition must be 0 or more, is " + partition);
        }
        this.partition = partition;
        this.key = key;
        this.headers = new TreeMap<>(headers);
        this.body = body;
    }

    public int partition() {
        return partition;
    }

    public byte[] key() {
        return key;
    }

    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    public byte[] body() {
        return body;
    }

    /** {@code partition, key, headers, body}, each with its length in front. */
    byte[] encode() {
        byte[][] texts = new byte[headers.size() * 2][];
        int size = 16 + key.length + body.length;
        int next = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            texts[next++] = header.getKey().getBytes(StandardCharsets.UTF_8);
            texts[next++] = header.getValue().getBytes(StandardCharsets.UTF_8);
        }
        for (byte[] text : texts) {
            if (text.length > Short.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "a header of " + text.length + " bytes; allowed: " + Short.MAX_VALUE);
            }
            size += 2 + text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(partition).putInt(key.length).putInt(headers.size()).putInt(body.length);
        out.put(key);
        for (byte[] text : texts) {
            out.putShort((short) text.length).put(text);
        }
        return out.put(body).array();
    }

    static SpoolRecord decode(ByteBuffer in) {
        int partition = in.getInt();
        byte[] key = new byte[in.getInt()];
        int headerCount = in.getInt();
        byte[] body = new byte[in.getInt()];
        in.get(key);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 0; i < headerCount; i++) {
            String name = text(in);
            headers.put(name, text(in));
        }
        in.get(body);
        return new SpoolRecord(partition, key, headers, body);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int checksum(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue();
    }
}
