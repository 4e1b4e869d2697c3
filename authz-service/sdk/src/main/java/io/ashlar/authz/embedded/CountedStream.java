package io.ashlar.authz.embedded;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails once more than a bound has been read. */
final class CountedStream extends FilterInputStream {

    private final long bytesMax;
    private long read;

    CountedStream(InputStream in, long bytesMax) {
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
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int some = super.read(buffer, offset, length);
        count(Math.max(0, some));
        return some;
    }

    private void count(int bytes) throws IOException {
        read += bytes;
        if (read > bytesMax) {
            throw new IOException("the snapshot is larger than " + bytesMax + " bytes");
        }
    }
}
