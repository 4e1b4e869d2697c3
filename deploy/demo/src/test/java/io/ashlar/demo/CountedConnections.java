package io.ashlar.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on to a server and counts the connections that clients make. */
final class CountedConnections implements AutoCloseable {

    private final ServerSocket door;
    private final URI server;
    private final AtomicInteger count = new AtomicInteger();

    CountedConnections(URI server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    int count() {
        return count.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                count.incrementAndGet();
                Socket behind = new Socket(server.getHost(), server.getPort());
                Thread.ofVirtual().start(() -> pass(client, behind));
                Thread.ofVirtual().start(() -> pass(behind, client));
            }
        } catch (SocketException e) {
            // The door is closed, or the server is gone: nobody else is let in.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side hung up: so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
