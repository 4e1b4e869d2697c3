package io.ashlar.router.node;

/**
 * A PostgreSQL server of the cluster. Its role changes, its name does not.
 *
 * @param name what answers and metrics call it while it is a replica
 * @param host name or address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Node(String name, String host, int port) {

    public Node {
        if (name.isBlank() || host.isBlank()) {
            throw new IllegalArgumentException("a node without a name or a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " of node " + name + " is not in 1 to 65535");
        }
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Node parse(String name, String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("node " + address + " is not of the form host:port");
        }
        String host = address.substring(0, colon).strip();
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new Node(
                    name, host, Integer.parseInt(address.substring(colon + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("node " + address + " has no port number", e);
        }
    }

    /** {@code host:port}, with brackets where a URL needs them. */
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
