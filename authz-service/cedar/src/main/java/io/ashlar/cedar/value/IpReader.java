package io.ashlar.cedar.value;

import java.util.ArrayList;
import java.util.List;

/** Reads IP addresses in the forms of RFC 4291 §2.2 that Cedar takes: no IPv4 inside IPv6, no leading zeros in numbers. */
final class IpReader {

    private static final int LENGTH_MAX = 43;
    private static final int GROUPS = 8;

    private IpReader() {}

    static IpRange read(String text) {
        if (text.length() > LENGTH_MAX) {
            throw malformed();
        }
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (address.indexOf(':') < 0) {
            return new IpRange(false, 0, v4(address), slash < 0 ? 32 : prefix(text.substring(slash + 1), 32));
        }
        List<Integer> groups = v6(address);
        return new IpRange(
                true,
                join(groups.subList(0, 4)),
                join(groups.subList(4, GROUPS)),
                slash < 0 ? 128 : prefix(text.substring(slash + 1), 128));
    }

    private static int prefix(String text, int max) {
        boolean leadingZero = text.length() > 1 && text.startsWith("0");
        if (text.length() > 3 || leadingZero || !Digits.only(text, 0, text.length())) {
            throw malformed();
        }
        int prefix = Digits.number(text, 0, text.length());
        if (prefix > max) {
            throw new IllegalArgumentException("a prefix has at most " + max + " bits");
        }
        return prefix;
    }

    private static long v4(String text) {
        long address = 0;
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int end = i == 3 ? text.length() : text.indexOf('.', at);
            boolean leadingZero = end > at + 1 && text.charAt(at) == '0';
            if (end < 0 || end - at > 3 || leadingZero || !Digits.only(text, at, end)) {
                throw malformed();
            }
            int number = Digits.number(text, at, end - at);
            if (number > 255) {
                throw malformed();
            }
            address = address << 8 | number;
            at = end + 1;
        }
        return address;
    }

    private static List<Integer> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Integer> groups = groups(text);
            if (groups.size() != GROUPS) {
                throw malformed();
            }
            return groups;
        }
        List<Integer> groups = new ArrayList<>(gap == 0 ? List.of() : groups(text.substring(0, gap)));
        List<Integer> behind = gap + 2 == text.length() ? List.of() : groups(text.substring(gap + 2));
        // The gap stands for at least one group.
        if (groups.size() + behind.size() >= GROUPS) {
            throw malformed();
        }
        while (groups.size() + behind.size() < GROUPS) {
            groups.add(0);
        }
        groups.addAll(behind);
        return groups;
    }

    private static List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        int at = 0;
        while (true) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            if (end == at || end - at > 4) {
                throw malformed();
            }
            int group = 0;
            for (int i = at; i < end; i++) {
                int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
                if (digit < 0) {
                    throw malformed();
                }
                group = group << 4 | digit;
            }
            groups.add(group);
            if (colon < 0) {
                return groups;
            }
            at = colon + 1;
        }
    }

    private static long join(List<Integer> groups) {
        long joined = 0;
        for (int group : groups) {
            joined = joined << 16 | group;
        }
        return joined;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("an ip is an address or a range: 10.0.0.1, 10.0.0.0/8, fe80::/10");
    }
}
