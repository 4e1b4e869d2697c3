package io.ashlar.authz.audit;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One file of the spool: a header, then frames one after another.
 *
 * <p>Frame, aligned to 8 bytes, big-endian: length (4), CRC-32C of the payload (4), count (8), first and last
 * microsecond (8 + 8), payload. The length is stored last, with release semantics: a process that dies while writing
 * leaves zero there, which is the end of the log. Count and last time are changed in place while a record is merged;
 * each is one aligned word, so a death between them is seen as one or the other.
 *
 * <p>Not thread-safe: {@link AuditSpool} holds its lock around writes, and reads only what is finished.
 */
final class Segment {

    static final int HEADER_BYTES = 16;
    static final int FRAME_HEADER_BYTES = 32;

    private static final long MAGIC = 0x4153_4C53_504F_3031L;
    private static final int END_OF_SEGMENT = -1;
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Path file;
    private final long sequence;
    private final MappedByteBuffer buffer;

    private Segment(Path file, long sequence, MappedByteBuffer buffer) {
        this.file = file;
        this.sequence = sequence;
        this.buffer = buffer;
    }

    /** Makes a file whose blocks exist: a disk that fills up later must not turn a store into a bus error. */
    static Segment create(Path directory, long sequence, int bytes) {
        Path file = directory.resolve(name(sequence));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(Math.min(bytes, 1 << 16));
            for (int written = 0; written < bytes; ) {
                zeros.clear().limit(Math.min(zeros.capacity(), bytes - written));
                written += channel.write(zeros, written);
            }
            MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            buffer.putLong(8, sequence);
            LONG.setRelease(buffer, 0, MAGIC);
            return new Segment(file, sequence, buffer);
        } catch (IOException e) {
            throw new SpoolException("cannot create " + file, e);
        }
    }

    static Segment open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            return new Segment(file, sequence(file), buffer);
        } catch (IOException e) {
            throw new SpoolException("cannot open " + file, e);
        }
    }

    /** Whether the header is there; a process that died while making the file leaves none, and no record either. */
    boolean complete() {
        return buffer.capacity() >= HEADER_BYTES && buffer.getLong(0) == MAGIC && buffer.getLong(8) == sequence;
    }

    static String name(long sequence) {
        return "%016d.segment".formatted(sequence);
    }

    static long sequence(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    static int frameBytes(int payloadBytes) {
        return (FRAME_HEADER_BYTES + payloadBytes + 7) & ~7;
    }

    long sequence() {
        return sequence;
    }

    /** Whether a frame and the end mark behind it fit at {@code offset}. */
    boolean fits(int offset, int frameBytes) {
        return offset + frameBytes + 8 <= buffer.capacity();
    }

    void write(int offset, byte[] payload, long micros) {
        buffer.putInt(offset + 4, SpoolRecord.checksum(payload));
        buffer.putLong(offset + 8, 1);
        buffer.putLong(offset + 16, micros);
        buffer.putLong(offset + 24, micros);
        buffer.put(offset + FRAME_HEADER_BYTES, payload);
        INT.setRelease(buffer, offset, FRAME_HEADER_BYTES + payload.length);
    }

    void merge(int offset, long micros) {
        LONG.setRelease(buffer, offset + 24, micros);
        LONG.setRelease(buffer, offset + 8, buffer.getLong(offset + 8) + 1);
    }

    void finish(int offset) {
        INT.setRelease(buffer, offset, END_OF_SEGMENT);
    }

    /** Whether the end mark is at {@code offset}: the log goes on in the next file. */
    boolean finishedAt(int offset) {
        return length(offset) == END_OF_SEGMENT;
    }

    /** Offset behind the frame at {@code offset}; the same offset if there is none. */
    int next(int offset) {
        int length = length(offset);
        if (length <= 0) {
            return offset;
        }
        if (length < FRAME_HEADER_BYTES || offset + length > buffer.capacity()) {
            throw new SpoolException("damaged frame at " + offset + " of " + file);
        }
        return offset + ((length + 7) & ~7);
    }

    /** The record at {@code offset}; there must be one. */
    SpooledRecord read(int offset) {
        byte[] payload = new byte[length(offset) - FRAME_HEADER_BYTES];
        buffer.get(offset + FRAME_HEADER_BYTES, payload);
        if (SpoolRecord.checksum(payload) != buffer.getInt(offset + 4)) {
            throw new SpoolException("damaged record at " + offset + " of " + file);
        }
        return new SpooledRecord(
                SpoolRecord.decode(ByteBuffer.wrap(payload)),
                buffer.getLong(offset + 8),
                instant(buffer.getLong(offset + 16)),
                instant(buffer.getLong(offset + 24)));
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new SpoolException("cannot delete " + file, e);
        }
    }

    private int length(int offset) {
        return offset + 4 > buffer.capacity() ? 0 : (int) INT.getAcquire(buffer, offset);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
