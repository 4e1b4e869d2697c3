package io.ashlar.export.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address range in CIDR notation (RFC 4632, RFC 4291).
 *
 * @param address its first address
 * @param prefix leading bits that count
 */
record Network(InetAddress address, int prefix) {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F.:]+/[0-9]{1,3}");

    Network {
        if (prefix < 0 || prefix > address.getAddress().length * 8) {
            throw new IllegalArgumentException("a prefix of " + prefix + " bits");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8} or {@code fc00::/7}; never asks a name server.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Network parse(String text) {
        String stripped = text.strip();
        if (!FORM.matcher(stripped).matches()) {
            throw new IllegalArgumentException("not a network: " + text);
        }
        int slash = stripped.indexOf('/');
        try {
            return new Network(
                    InetAddress.getByName(stripped.substring(0, slash)),
                    Integer.parseInt(stripped.substring(slash + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not a network: " + text, e);
        }
    }

    boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        byte[] first = address.getAddress();
        if (bytes.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((bytes[bit / 8] ^ first[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
