package io.ashlar.export.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says which addresses a tenant may have us call: public ones, and those that the installation allows. Private, loopback,
 * link-local (cloud metadata among them), shared, documentation, multicast and reserved ranges, and the IPv6 ranges that
 * embed IPv4 addresses, are refused (IANA special-purpose address registries, RFC 6890).
 */
final class AddressGuard {

    private static final List<Network> CLOSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Network::parse)
            .toList();

    private static final Network GLOBAL_IPV6 = Network.parse("2000::/3");
    private static final int IPV6_BYTES = 16;

    private final List<Network> allowed;

    AddressGuard(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** What a host's addresses came to. */
    sealed interface Looked {

        /** Connect to this address and to no other that the name may lead to later. */
        record Open(InetAddress address) implements Looked {}

        record Refused(String reason) implements Looked {}

        /** The name leads nowhere now. */
        record Unknown() implements Looked {}
    }

    /** Asks the name server once. One refused address among several refuses all. */
    Looked look(String host) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(unbracketed(host));
        } catch (UnknownHostException e) {
            return new Looked.Unknown();
        }
        for (InetAddress address : addresses) {
            if (!open(address)) {
                // Which address a name has inside is nobody's business outside.
                return new Looked.Refused("the host leads to an address that may not be called");
            }
        }
        return new Looked.Open(addresses[0]);
    }

    boolean open(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        if (address.getAddress().length == IPV6_BYTES && !GLOBAL_IPV6.contains(address)) {
            return false;
        }
        return CLOSED.stream().noneMatch(network -> network.contains(address));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
