package io.ashlar.local;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the servers listen besides loopback. It must be one address of this machine: clients are told it in Kafka's
 * metadata, the issuer's tokens and signed links, and a wildcard is nowhere to connect to.
 */
final class ListenAddress {

    static final String LOOPBACK = "127.0.0.1";

    private ListenAddress() {}

    /**
     * The address as it is written in configuration files.
     *
     * @throws StackException if it is none of this machine's, a wildcard, or not IPv4
     */
    static String checked(String given) {
        InetAddress address;
        try {
            address = InetAddress.getByName(given);
        } catch (UnknownHostException e) {
            throw new StackException("cannot listen on " + given + ": no such address or host", e);
        }
        if (address.isAnyLocalAddress()) {
            throw new StackException("cannot listen on " + given
                    + ": clients are told where to connect, so give one address of this machine (see 'ip addr')");
        }
        if (!(address instanceof Inet4Address)) {
            throw new StackException("cannot listen on " + given + ": only IPv4 addresses");
        }
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.getInetAddress().getHostAddress();
        } catch (IOException e) {
            throw new StackException(
                    "cannot listen on " + given + ": not an address of this machine (see 'ip addr')", e);
        }
    }

    /** Whether only this machine's own processes get there, so that passwords in documents do no harm. */
    static boolean isLoopback(String address) {
        return address.startsWith("127.");
    }
}
