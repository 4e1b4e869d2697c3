package io.ashlar.authz.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A client of one thread and little cost, for loopback: some connections, one request under way on each. Closed loop (the next
 * when the last was answered), or so many a second; then a request that found no connection free counts from when it was due.
 * Requests and answers are HTTP/1.1 with a length. Not thread-safe.
 */
final class HttpLoad {

    /** With 0x20 or-ed, which makes letters small and leaves these marks as they are. */
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private static final int SAMPLES_MAX = 4_000_000;

    private final List<ByteBuffer> requests;
    private final Deque<Connection> free = new ArrayDeque<>();
    private final long[] samples = new long[SAMPLES_MAX];
    private int answered;
    private int refused;
    private int next;

    private HttpLoad(List<byte[]> requests) {
        this.requests = requests.stream().map(ByteBuffer::wrap).toList();
    }

    /**
     * What came of it.
     *
     * @param answered with 200
     * @param refused with anything else
     * @param serverMicros processor time that an answer took in this process but for the client's thread, whoever else was
     *     served meanwhile
     * @param clientMicros processor time that an answer took of the client's thread
     */
    record Result(
            int answered,
            int refused,
            double perSecond,
            double p50Millis,
            double p99Millis,
            double serverMicros,
            double clientMicros) {}

    private static final class Connection {
        private final SocketChannel channel;
        private final byte[] bytes = new byte[64 << 10];
        private final ByteBuffer in = ByteBuffer.wrap(bytes);
        private long since;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** A GET, or a POST of JSON with a token. */
    static byte[] request(String path, String token, String body) {
        String head = (body.isEmpty() ? "GET " : "POST ") + path + " HTTP/1.1\r\nHost: localhost\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                + (body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n");
        return (head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** The next request of a connection when its last one was answered. */
    static Result closed(InetSocketAddress server, List<byte[]> requests, int connections, Duration length)
            throws IOException {
        return new HttpLoad(requests).run(server, connections, 0, length);
    }

    /** So many a second. */
    static Result paced(
            InetSocketAddress server, List<byte[]> requests, int connections, int perSecond, Duration length)
            throws IOException {
        return new HttpLoad(requests).run(server, connections, perSecond, length);
    }

    private Result run(InetSocketAddress server, int connections, int perSecond, Duration length) throws IOException {
        List<Connection> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(server);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Connection connection = new Connection(channel);
                channel.register(selector, SelectionKey.OP_READ, connection);
                all.add(connection);
                free.add(connection);
            }
            long processNanos = processNanos();
            long clientNanos = clientNanos();
            long start = System.nanoTime();
            long due = start;
            long pause = perSecond == 0 ? 0 : Duration.ofSeconds(1).toNanos() / perSecond;
            while (System.nanoTime() - start < length.toNanos() && answered < SAMPLES_MAX) {
                long now = System.nanoTime();
                while (!free.isEmpty() && (pause == 0 || due - now <= 0)) {
                    // In time up to a millisecond: the selector wakes no finer.
                    send(free.removeFirst(), pause != 0 && now - due > 2_000_000 ? due : now);
                    due += pause;
                }
                if (pause == 0) {
                    selector.select(this::receive, 100);
                } else {
                    selector.select(this::receive, 1);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] sorted = Arrays.copyOf(samples, answered);
            Arrays.sort(sorted);
            double client = (clientNanos() - clientNanos) / 1e3;
            double total = (processNanos() - processNanos) / 1e3;
            int requests = Math.max(1, answered + refused);
            return new Result(
                    answered,
                    refused,
                    answered / seconds,
                    millis(sorted, 50),
                    millis(sorted, 99),
                    (total - client) / requests,
                    client / requests);
        } finally {
            for (Connection connection : all) {
                connection.channel.close();
            }
        }
    }

    private void send(Connection connection, long since) throws IOException {
        ByteBuffer request = requests.get(next).duplicate();
        next = (next + 1) % requests.size();
        connection.since = since;
        while (request.hasRemaining()) {
            connection.channel.write(request);
        }
    }

    private void receive(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (connection.channel.read(connection.in) < 0) {
                throw new EOFException("the server has closed a connection");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        int end = end(connection.bytes, connection.in.position());
        if (end < 0) {
            return;
        }
        // HTTP/1.1 200
        if (connection.in.get(9) == '2' && connection.in.get(11) == '0') {
            samples[answered++] = System.nanoTime() - connection.since;
        } else {
            refused++;
        }
        connection.in.clear();
        free.addLast(connection);
    }

    /** Behind the answer, or -1 if it is not whole yet. Allocates nothing: the client shares the server's processors. */
    private static int end(byte[] bytes, int filled) {
        int length = -1;
        for (int i = 3; i < filled; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            if (bytes[i - 2] == '\n') {
                if (length < 0) {
                    throw new IllegalStateException(
                            "an answer without a length: " + new String(bytes, 0, i, StandardCharsets.ISO_8859_1));
                }
                return filled >= i + 1 + length ? i + 1 + length : -1;
            }
            if (isLength(bytes, i + 1, filled)) {
                length = 0;
                for (int at = i + 1 + LENGTH.length; at < filled && bytes[at] != '\r'; at++) {
                    length = bytes[at] == ' ' ? length : 10 * length + bytes[at] - '0';
                }
            }
        }
        return -1;
    }

    private static boolean isLength(byte[] bytes, int from, int filled) {
        int at = 0;
        while (at < LENGTH.length && from + at < filled && (bytes[from + at] | 0x20) == LENGTH[at]) {
            at++;
        }
        return at == LENGTH.length;
    }

    private static long processNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static long clientNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double millis(long[] sorted, int percentile) {
        return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * (long) percentile / 100)] / 1e6;
    }
}
