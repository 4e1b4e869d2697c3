package io.ashlar.router.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.call.WireJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Rows while they arrive. {@link #next()} returns null only after the trailer was read and its count and digest were
 * found right; every other end is an {@link IncompleteStreamException}. Use it in try-with-resources, on one thread.
 */
public final class RowStream implements AutoCloseable {

    /** A longer line is refused, in bytes. */
    static final int LINE_BYTES_MAX = 16 * 1024 * 1024;

    private static final JsonMapper JSON = WireJson.mapper();
    private static final String PREFIX = "sha256:";

    private final InputStream in;
    private final MessageDigest digest = sha256();
    private final StreamHeader header;
    private @Nullable StreamTrailer trailer;
    private long rows;

    /**
     * Reads the header.
     *
     * @throws IncompleteStreamException if there is none
     */
    public RowStream(InputStream in) throws IOException {
        this.in = new BufferedInputStream(in, 64 * 1024);
        byte[] line = line();
        if (line == null) {
            throw new IncompleteStreamException("the stream is empty");
        }
        JsonNode json = parse(line).get("header");
        if (json == null) {
            throw new IncompleteStreamException("the stream does not begin with a header");
        }
        this.header = JSON.treeToValue(json, StreamHeader.class);
    }

    public StreamHeader header() {
        return header;
    }

    /** The next row, an array in the header's order; null after the last one, when all were proven. */
    public @Nullable JsonNode next() throws IOException {
        byte[] line = nextLine();
        return line == null ? null : parse(line);
    }

    /** The next row as it was sent, without its line feed; null after the last one, when all were proven. */
    public byte @Nullable [] nextLine() throws IOException {
        if (trailer != null) {
            return null;
        }
        byte[] line = line();
        if (line == null) {
            throw new IncompleteStreamException("the stream ended after " + rows + " rows without a trailer");
        }
        if (line.length > 0 && line[0] == '[') {
            rows++;
            digest.update(line);
            digest.update((byte) '\n');
            return line;
        }
        prove(line);
        return null;
    }

    /**
     * The proof of the whole.
     *
     * @throws IllegalStateException before the last row was read
     */
    public StreamTrailer trailer() {
        if (trailer == null) {
            throw new IllegalStateException("the stream has not been read to its end");
        }
        return trailer;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void prove(byte[] line) throws IOException {
        JsonNode json = parse(line).get("trailer");
        if (json == null) {
            throw new IncompleteStreamException("line " + (rows + 2) + " is neither row nor trailer");
        }
        StreamTrailer read = JSON.treeToValue(json, StreamTrailer.class);
        if (!read.complete()) {
            throw new IncompleteStreamException("the router gave up after " + rows + " rows: " + read.code());
        }
        String computed = PREFIX + HexFormat.of().formatHex(digest.digest());
        if (read.rows() != rows || !computed.equals(read.digest())) {
            throw new IncompleteStreamException("count or digest of the rows is not the trailer's: " + rows
                    + " rows read, " + read.rows() + " sent");
        }
        if (line() != null) {
            throw new IncompleteStreamException("the trailer is not the last line");
        }
        trailer = read;
    }

    /** One line without its end; null at the end. A last line that was cut off counts as missing. */
    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    return bytes.toByteArray();
                }
                if (bytes.size() >= LINE_BYTES_MAX) {
                    throw new IncompleteStreamException("a line is longer than " + LINE_BYTES_MAX + " bytes");
                }
                bytes.write(b);
            }
        } catch (IncompleteStreamException e) {
            throw e;
        } catch (IOException e) {
            throw new IncompleteStreamException("the connection broke after " + rows + " rows", e);
        }
        if (bytes.size() > 0) {
            throw new IncompleteStreamException("the stream was cut within a line, after " + rows + " rows");
        }
        return null;
    }

    private static JsonNode parse(byte[] line) throws IOException {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IncompleteStreamException("a line is no JSON", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the runtime has no SHA-256", e);
        }
    }
}
