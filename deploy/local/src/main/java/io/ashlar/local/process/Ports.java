package io.ashlar.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports below the range from which kernels take ports for outgoing connections, so that nobody takes one between
 * the choice and the server's start, or while a server is down in a fault test. Thread-safe.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port nobody listens on at that address, given out once per JVM. */
    public static int free(String address) {
        return free(Set.of(address));
    }

    /** A port nobody listens on at any of these addresses, given out once per JVM. */
    public static int free(Set<String> addresses) {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (addresses.stream().allMatch(address -> isFree(address, port)) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port on " + addresses + " between " + FIRST + " and " + LAST);
    }

    /** Whether a server could listen there now. */
    public static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
