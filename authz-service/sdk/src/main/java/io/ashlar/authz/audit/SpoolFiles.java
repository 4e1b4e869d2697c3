package io.ashlar.authz.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The spool's files as one log: segments from the oldest undelivered one to the one being written, and the lock that
 * keeps other processes out. Not thread-safe.
 */
final class SpoolFiles {

    private final SpoolOptions options;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final ReadMark mark;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private int writeOffset;

    private SpoolFiles(SpoolOptions options, FileChannel lockChannel, FileLock lock, ReadMark mark) {
        this.options = options;
        this.lockChannel = lockChannel;
        this.lock = lock;
        this.mark = mark;
    }

    /** Opens or makes the spool, and finds the end of what the last process wrote. */
    static SpoolFiles open(SpoolOptions options) {
        Path directory = options.directory();
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            SpoolFiles files = new SpoolFiles(
                    options, channel, lock(directory, channel), ReadMark.open(directory.resolve("mark")));
            files.recover();
            return files;
        } catch (IOException e) {
            throw new SpoolException("cannot open the spool in " + directory, e);
        }
    }

    private static FileLock lock(Path directory, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new SpoolException("another process uses the spool in " + directory);
        }
        return lock;
    }

    private void recover() throws IOException {
        List<Path> found;
        try (Stream<Path> list = Files.list(options.directory())) {
            found = new ArrayList<>(list.filter(file -> file.toString().endsWith(".segment"))
                    .sorted()
                    .toList());
        }
        for (Path file : found) {
            Segment segment = Segment.open(file);
            if (!segment.complete() || segment.sequence() < mark.position().segment()) {
                segment.delete();
            } else {
                segments.addLast(segment);
            }
        }
        if (segments.isEmpty()) {
            long sequence = mark.position().segment() + 1;
            segments.addLast(Segment.create(options.directory(), sequence, options.segmentBytes()));
            writeOffset = Segment.HEADER_BYTES;
            mark.move(new SpoolPosition(sequence, Segment.HEADER_BYTES));
            return;
        }
        if (segments.getFirst().sequence() > mark.position().segment()) {
            mark.move(new SpoolPosition(segments.getFirst().sequence(), Segment.HEADER_BYTES));
        }
        for (Segment segment : segments) {
            int end = end(segment);
            if (segment != segments.getLast() && !segment.finishedAt(end)) {
                segment.finish(end);
            }
            writeOffset = end;
        }
        if (segments.getLast().finishedAt(writeOffset)) {
            roll();
        }
    }

    private static int end(Segment segment) {
        int offset = Segment.HEADER_BYTES;
        while (segment.next(offset) != offset) {
            segment.read(offset);
            offset = segment.next(offset);
        }
        return offset;
    }

    /** Where the next record goes. */
    SpoolPosition writePosition() {
        return new SpoolPosition(segments.getLast().sequence(), writeOffset);
    }

    SpoolPosition readPosition() {
        return mark.position();
    }

    /**
     * Makes room for a frame in the current or a new file.
     *
     * @return false if the spool is full
     */
    boolean reserve(int frameBytes) {
        if (segments.getLast().fits(writeOffset, frameBytes)) {
            return true;
        }
        if (segments.size() >= options.segmentsMax()) {
            return false;
        }
        roll();
        return true;
    }

    private void roll() {
        Segment old = segments.getLast();
        segments.addLast(Segment.create(options.directory(), old.sequence() + 1, options.segmentBytes()));
        old.finish(writeOffset);
        writeOffset = Segment.HEADER_BYTES;
    }

    SpoolPosition write(byte[] payload, long micros) {
        SpoolPosition position = writePosition();
        segments.getLast().write(writeOffset, payload, micros);
        writeOffset += Segment.frameBytes(payload.length);
        return position;
    }

    void merge(SpoolPosition position, long micros) {
        segment(position.segment()).merge(position.offset(), micros);
    }

    /** The place behind the record at {@code position}, never behind an end mark. */
    SpoolPosition skipEnd(SpoolPosition position) {
        Segment segment = segment(position.segment());
        return segment.finishedAt(position.offset())
                ? new SpoolPosition(position.segment() + 1, Segment.HEADER_BYTES)
                : position;
    }

    SpooledRecord read(SpoolPosition position) {
        return segment(position.segment()).read(position.offset());
    }

    SpoolPosition next(SpoolPosition position) {
        Segment segment = segment(position.segment());
        return new SpoolPosition(position.segment(), segment.next(position.offset()));
    }

    /** Moves the durable read mark and deletes the files before it. */
    void acknowledge(SpoolPosition to) {
        mark.move(to);
        while (segments.getFirst().sequence() < to.segment()) {
            segments.removeFirst().delete();
        }
    }

    int segmentCount() {
        return segments.size();
    }

    /** Bytes that wait for delivery, end marks included. */
    long backlogBytes() {
        SpoolPosition from = mark.position();
        SpoolPosition to = writePosition();
        return (to.segment() - from.segment()) * options.segmentBytes() + to.offset() - from.offset();
    }

    void close() {
        try {
            lock.release();
            lockChannel.close();
        } catch (IOException e) {
            throw new SpoolException("cannot close the spool in " + options.directory(), e);
        }
    }

    private Segment segment(long sequence) {
        if (segments.getLast().sequence() == sequence) {
            return segments.getLast();
        }
        for (Segment segment : segments) {
            if (segment.sequence() == sequence) {
                return segment;
            }
        }
        throw new SpoolException("no segment " + sequence + " in " + options.directory());
    }
}
