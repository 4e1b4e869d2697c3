package io.ashlar.cedar.value;

/**
 * Cedar's {@code ip}: an address or a range of addresses. The bits behind the prefix are kept, and count for equality.
 *
 * @param v6 whether it is of IP version 6
 * @param high the upper 64 bits of the address, 0 in version 4
 * @param low the lower 64 bits, in version 4 the lower 32 of them
 * @param prefix how many leading bits the range shares, up to 32 or 128
 */
public record IpRange(boolean v6, long high, long low, int prefix) implements Value {

    /**
     * Reads an address with or without {@code /prefix}; no leading zeros, no IPv4 inside IPv6.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static IpRange parse(String text) {
        return IpReader.read(text);
    }

    /** Whether it is of IP version 4. */
    public boolean v4() {
        return !v6;
    }

    /** Whether all of it is in 127.0.0.0/8, or it is ::1. */
    public boolean loopback() {
        return v6 ? high == 0 && low == 1 && prefix == 128 : low >>> 24 == 127 && prefix >= 8;
    }

    /** Whether all of it is in 224.0.0.0/4 or ff00::/8. */
    public boolean multicast() {
        return v6 ? high >>> 56 == 0xff && prefix >= 8 : low >>> 28 == 0xe && prefix >= 4;
    }

    /** Whether every address of this is one of the other's. */
    public boolean within(IpRange other) {
        if (v6 != other.v6 || prefix < other.prefix) {
            return false;
        }
        if (!v6) {
            return other.prefix == 0 || (low ^ other.low) >>> (32 - other.prefix) == 0;
        }
        long upper = high ^ other.high;
        if (other.prefix <= 64) {
            return other.prefix == 0 || upper >>> (64 - other.prefix) == 0;
        }
        return upper == 0 && (low ^ other.low) >>> (128 - other.prefix) == 0;
    }

    @Override
    public String kind() {
        return "ipaddr";
    }

    /** The constructor's argument for this value, always with its prefix. */
    public String text() {
        StringBuilder out = new StringBuilder();
        if (v6) {
            for (int i = 0; i < 8; i++) {
                long part = i < 4 ? high >>> (48 - 16 * i) : low >>> (112 - 16 * i);
                out.append(i == 0 ? "" : ":").append(Long.toHexString(part & 0xffff));
            }
        } else {
            for (int i = 0; i < 4; i++) {
                out.append(i == 0 ? "" : ".").append((low >>> (24 - 8 * i)) & 0xff);
            }
        }
        return out.append('/').append(prefix).toString();
    }
}
