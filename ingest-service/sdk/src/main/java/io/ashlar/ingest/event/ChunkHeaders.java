package io.ashlar.ingest.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What stands in the headers of a chunk: CloudEvents 1.0 in binary mode ({@code ce_*}), and what makes a repeated chunk
 * recognisable. The event id is made of tenant, producer, key and chunk, so that a repeated chunk has the same one.
 *
 * @param tenant whose records these are
 * @param producer the {@code sub} that sent the batch
 * @param batchKey the batch's key, unique per tenant and producer for a day
 * @param requestHash SHA-256 of the request's body, 64 hexadecimal digits
 * @param chunk place of this chunk in its batch, from 0
 * @param chunks how many chunks the batch has
 * @param records how many records this chunk holds
 * @param time when the request was accepted
 */
public record ChunkHeaders(
        UUID tenant,
        String producer,
        String batchKey,
        String requestHash,
        int chunk,
        int chunks,
        int records,
        Instant time) {

    /** The event type of a chunk. */
    public static final String TYPE = "io.ashlar.telemetry.chunk.v1";

    private static final String SOURCE = "/ashlar/ingest";
    private static final int HASH_DIGITS = 64;

    public ChunkHeaders {
        if (chunk < 0 || chunk >= chunks) {
            throw new IllegalArgumentException("chunk " + chunk + "/" + chunks);
        }
        if (requestHash.length() != HASH_DIGITS) {
            throw new IllegalArgumentException("request_hash is no SHA-256");
        }
        if (records < 0) {
            throw new IllegalArgumentException("records " + records);
        }
    }

    /** Name to value, values in UTF-8 on the wire. */
    public Map<String, String> write() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id());
        headers.put("ce_source", SOURCE);
        headers.put("ce_type", TYPE);
        headers.put("ce_time", EventTime.format(EventTime.microsOf(time)));
        headers.put("content-type", "application/json");
        headers.put("tenant", tenant.toString());
        headers.put("producer", producer);
        headers.put("batch_key", batchKey);
        headers.put("request_hash", requestHash);
        headers.put("chunk", chunk + "/" + chunks);
        headers.put("records", Integer.toString(records));
        return headers;
    }

    /** Reads headers; empty if they are not those of a chunk. Unknown names are ignored. */
    public static Optional<ChunkHeaders> read(Map<String, String> headers) {
        String chunk = headers.getOrDefault("chunk", "");
        int slash = chunk.indexOf('/');
        if (slash < 1 || !TYPE.equals(headers.get("ce_type"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ChunkHeaders(
                    UUID.fromString(headers.getOrDefault("tenant", "")),
                    headers.getOrDefault("producer", ""),
                    headers.getOrDefault("batch_key", ""),
                    headers.getOrDefault("request_hash", ""),
                    Integer.parseInt(chunk, 0, slash, 10),
                    Integer.parseInt(chunk, slash + 1, chunk.length(), 10),
                    Integer.parseInt(headers.getOrDefault("records", "0")),
                    EventTime.instantOf(EventTime.parse(headers.getOrDefault("ce_time", ""))
                            .orElseThrow(() -> new IllegalArgumentException("ce_time")))));
        } catch (IllegalArgumentException notAChunk) {
            return Optional.empty();
        }
    }

    private String id() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {tenant.toString(), producer, batchKey, Integer.toString(chunk)}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // Length-prefixed, so that no two different lists of parts have the same bytes.
                sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                sha.update(bytes);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
