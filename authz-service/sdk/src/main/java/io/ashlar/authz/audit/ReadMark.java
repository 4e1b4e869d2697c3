package io.ashlar.authz.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Up to where the spool has been delivered. Two slots are written in turn, each with a serial number and a checksum: a
 * death in mid-write leaves the older slot, and records are delivered twice rather than never. Not thread-safe.
 */
final class ReadMark {

    private static final int SLOT_BYTES = 40;

    private final MappedByteBuffer buffer;
    private long serial;
    private SpoolPosition position;

    private ReadMark(MappedByteBuffer buffer) {
        this.buffer = buffer;
        this.position = new SpoolPosition(0, Segment.HEADER_BYTES);
        for (int slot = 0; slot < 2; slot++) {
            byte[] bytes = new byte[SLOT_BYTES];
            buffer.get(slot * SLOT_BYTES, bytes);
            ByteBuffer in = ByteBuffer.wrap(bytes);
            long slotSerial = in.getLong(0);
            if (slotSerial > serial && in.getLong(32) == checksum(bytes)) {
                serial = slotSerial;
                position = new SpoolPosition(in.getLong(8), in.getInt(16));
            }
        }
    }

    static ReadMark open(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new ReadMark(channel.map(FileChannel.MapMode.READ_WRITE, 0, 2L * SLOT_BYTES));
        } catch (IOException e) {
            throw new SpoolException("cannot open " + file, e);
        }
    }

    SpoolPosition position() {
        return position;
    }

    void move(SpoolPosition to) {
        serial++;
        byte[] bytes = new byte[SLOT_BYTES];
        ByteBuffer out = ByteBuffer.wrap(bytes);
        out.putLong(0, serial).putLong(8, to.segment()).putInt(16, to.offset());
        out.putLong(32, checksum(bytes));
        buffer.put((int) (serial % 2) * SLOT_BYTES, bytes);
        position = to;
    }

    private static long checksum(byte[] slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot, 0, 32);
        return crc.getValue() + 1;
    }
}
