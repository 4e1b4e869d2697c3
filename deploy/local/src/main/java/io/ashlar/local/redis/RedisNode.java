package io.ashlar.local.redis;

import io.ashlar.local.process.Answering;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Redis as its clients see it, wherever it runs.
 *
 * @param host where to connect
 * @param port where to connect
 * @param password of the default user
 */
public record RedisNode(String host, int port, String password) implements Answering {

    private static final int TIMEOUT_MILLIS = 2_000;

    @Override
    public boolean ready() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] expected = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] answer = socket.getInputStream().readNBytes(expected.length);
            return Arrays.equals(answer, expected);
        }
    }

    @Override
    public String toString() {
        return "RedisNode[" + host + ":" + port + "]";
    }
}
