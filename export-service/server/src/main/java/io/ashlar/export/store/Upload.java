package io.ashlar.export.store;

import io.ashlar.export.receipt.Digests;
import io.ashlar.export.receipt.Part;
import io.ashlar.export.store.Spool.PartFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to the bucket: what is written here is cut into parts on disk, which a second thread sends. When the spool
 * is full the writer waits. {@link #complete()} makes the file; {@link #close()} without it leaves nothing behind.
 *
 * <p>Written by one thread. Heap: two buffers, whatever the length.
 */
public final class Upload extends OutputStream {

    private static final Logger LOG = Logger.getLogger(Upload.class);
    private static final long LOOK_MILLIS = 20;

    private final Target target;
    private final ObjectStore store;
    private final AttemptObjects objects;
    private final Spool spool;
    private final BlockingQueue<PartFile> waiting;
    private final List<String> tags = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final MessageDigest whole = Digests.sha256();
    private final Thread sender;
    private volatile @Nullable IOException failure;
    private volatile boolean ended;
    private volatile boolean given;
    private long bytes;

    record Target(String key, String uploadId) {}

    Upload(Target target, ObjectStore store, AttemptObjects objects, Spool spool, int spoolParts) {
        this.target = target;
        this.store = store;
        this.objects = objects;
        this.spool = spool;
        this.waiting = new ArrayBlockingQueue<>(spoolParts);
        this.sender = Thread.ofVirtual().name("upload-" + target.key()).start(this::send);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        whole.update(source, from, length);
        int done = 0;
        while (done < length) {
            int n = Math.min(spool.room(), length - done);
            spool.write(source, from + done, n);
            done += n;
            if (spool.room() == 0) {
                pass();
            }
        }
        bytes += length;
    }

    /** Bytes written so far. */
    public long bytes() {
        return bytes;
    }

    /**
     * Sends what is left and makes the file.
     *
     * @throws IOException if any part was not taken; there is no file then
     */
    public StoredFile complete() throws IOException {
        pass();
        given = true;
        join();
        check();
        store.complete(target.key(), target.uploadId(), tags);
        ended = true;
        return new StoredFile(target.key(), bytes, parts, Digests.text(whole));
    }

    /** Without {@link #complete()}: gives the file up and removes what was sent. */
    @Override
    public void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        given = true;
        boolean interrupted = Thread.interrupted();
        try {
            sender.interrupt();
            join();
            spool.discard();
            store.abort(target.key(), target.uploadId());
            objects.gone(target.key());
        } finally {
            for (PartFile part = waiting.poll(); part != null; part = waiting.poll()) {
                Files.deleteIfExists(part.file());
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void pass() throws IOException {
        Optional<PartFile> cut = spool.cut();
        if (cut.isEmpty()) {
            return;
        }
        PartFile part = cut.get();
        try {
            do {
                check();
            } while (!waiting.offer(part, LOOK_MILLIS, TimeUnit.MILLISECONDS));
            parts.add(new Part(parts.size() + 1, part.bytes(), part.sha256()));
        } catch (InterruptedException e) {
            Files.deleteIfExists(part.file());
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (IOException e) {
            Files.deleteIfExists(part.file());
            throw e;
        }
    }

    private void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw new IOException("a part was not taken", failed);
        }
    }

    private void join() throws IOException {
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        InterruptedIOException thrown = new InterruptedIOException("the upload was interrupted");
        thrown.initCause(cause);
        return thrown;
    }

    private void send() {
        try {
            while (true) {
                PartFile part = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (part != null) {
                    send(part);
                } else if (given && waiting.isEmpty()) {
                    return;
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            LOG.debugf("event=upload_given_up key=%s", target.key());
        }
    }

    private void send(PartFile part) throws IOException {
        try {
            tags.add(store.part(target.key(), target.uploadId(), tags.size() + 1, part.file()));
        } finally {
            Files.deleteIfExists(part.file());
        }
    }
}
