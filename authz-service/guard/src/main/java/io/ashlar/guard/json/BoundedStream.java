package io.ashlar.guard.json;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses the byte after the last that is read; for bodies that do not say how long they are. */
final class BoundedStream extends FilterInputStream {

    private final long bytesMax;
    private long seen;

    BoundedStream(InputStream in, long bytesMax) {
        super(in);
        this.bytesMax = bytesMax;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int some = super.read(into, offset, length);
        count(Math.max(0, some));
        return some;
    }

    /** At once: what is read is bounded by the HTTP server too, a little above this bound. */
    @Override
    public byte[] readAllBytes() throws IOException {
        byte[] all = in.readAllBytes();
        count(all.length);
        return all;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        seen += bytes;
        if (seen > bytesMax) {
            throw new ProblemException(DoorError.BODY_TOO_LARGE, "the body is larger than " + bytesMax + " bytes");
        }
    }
}
