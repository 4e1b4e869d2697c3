package io.ashlar.filter.dsl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a query without the constants of its conditions and its cursor: where these stand, and all that stands
 * between them. Two texts of equal outlines are the same query but for what stands in the gaps, and these hold nothing but
 * one plain string or one plain number each, so that no other reading of them is possible. Whether the text is JSON at all
 * is not known here. Immutable.
 */
final class Outline {

    /** Longer queries take long for other reasons. */
    private static final int BYTES_MAX = 4 * 1_024;

    private static final int GAPS_MAX = 64;

    /** By byte: what may stand in a string that is read as it stands. */
    private static final boolean[] PLAIN = plain();

    private final byte[] json;
    private final Gaps gaps;
    private final int hash;

    private Outline(byte[] json, Gaps gaps, int hash) {
        this.json = json;
        this.gaps = gaps;
        this.hash = hash;
    }

    /** Beginnings and ends, in the order of the text. */
    private static final class Gaps {
        private int[] bounds = new int[32];
        private int size;
        private int cursor = -1;

        boolean add(int from, int end) {
            if (size == 2 * GAPS_MAX) {
                return false;
            }
            if (size == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * size);
            }
            bounds[size++] = from;
            bounds[size++] = end;
            return true;
        }
    }

    /** What a member's name lets come after it. */
    private enum Next {
        ANYTHING,
        /** One constant, or the array of them. */
        VALUE,
        /** Constants of an array. */
        ELEMENT,
        /** A string. */
        CURSOR,
        /** What this does not tell. */
        UNKNOWN;

        /** What comes after a constant. */
        Next afterOne() {
            return this == ELEMENT ? ELEMENT : ANYTHING;
        }

        /** What comes after a byte of neither a string nor a constant; a name stands before it, or another thing. */
        Next after(byte b, Next named) {
            return switch (b) {
                case ':' -> named;
                case ',' -> this == ANYTHING || this == ELEMENT ? this : UNKNOWN;
                case '[' -> this == VALUE ? ELEMENT : this == ANYTHING ? ANYTHING : UNKNOWN;
                // An object among elements would be a fault anyway.
                default -> this == ELEMENT && b != ']' ? UNKNOWN : ANYTHING;
            };
        }
    }

    /**
     * Null of a text that is long, or has something in a gap that is to be read with care. What it takes for a name or a
     * constant is right in every text that is JSON.
     */
    static @Nullable Outline of(byte[] json) {
        if (json.length > BYTES_MAX) {
            return null;
        }
        Gaps gaps = new Gaps();
        Next next = Next.ANYTHING;
        Next named = Next.ANYTHING;
        int hash = 1;
        for (int at = 0; at < json.length; at++) {
            byte b = json[at];
            if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                // Looked at when outlines are compared.
                continue;
            }
            if (b == '"') {
                int from = at + 1;
                at = stringEnd(json, from);
                if (at < 0) {
                    return null;
                }
                if (next == Next.ANYTHING) {
                    hash = 31 * hash + sketch(json, from, at);
                    named = named(json, from, at);
                    continue;
                }
                gaps.cursor = next == Next.CURSOR ? gaps.size / 2 : gaps.cursor;
                if (!gaps.add(from, at)) {
                    return null;
                }
                next = next.afterOne();
            } else if (next != Next.ANYTHING && (b == '-' || isDigit(b))) {
                int from = at;
                at = numberEnd(json, from);
                if (next == Next.CURSOR || !PlainNumber.is(json, from, at) || !gaps.add(from, at)) {
                    return null;
                }
                at--;
                next = next.afterOne();
            } else {
                hash = 31 * hash + b;
                next = next.after(b, named);
                named = Next.ANYTHING;
                if (next == Next.UNKNOWN) {
                    return null;
                }
            }
        }
        return new Outline(json, gaps, hash);
    }

    /** Where the string ends that begins here; -1 if it is not plain. */
    private static int stringEnd(byte[] json, int from) {
        int end = from;
        while (end < json.length && PLAIN[json[end] & 0xFF]) {
            end++;
        }
        return end < json.length && json[end] == '"' ? end : -1;
    }

    private static int numberEnd(byte[] json, int from) {
        int end = from + 1;
        while (end < json.length && (isDigit(json[end]) || json[end] == '.' || json[end] == 'e' || json[end] == 'E')) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Names are told apart by their ends mostly; a hash need not tell all. */
    private static int sketch(byte[] json, int from, int end) {
        return end == from ? 0 : (end - from) << 24 ^ json[from] << 16 ^ json[(from + end) >>> 1] << 8 ^ json[end - 1];
    }

    private static Next named(byte[] json, int from, int end) {
        return switch (end - from) {
            case 5 -> is("value", json, from) ? Next.VALUE : Next.ANYTHING;
            case 6 -> is("cursor", json, from) ? Next.CURSOR : Next.ANYTHING;
            default -> Next.ANYTHING;
        };
    }

    private static boolean is(String word, byte[] json, int from) {
        for (int i = 0; i < word.length(); i++) {
            if (json[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[256];
        Arrays.fill(plain, ' ', 0x7F, true);
        plain['"'] = false;
        plain['\\'] = false;
        return plain;
    }

    int gaps() {
        return gaps.size / 2;
    }

    /** The number of the gap that holds the cursor; -1 if none does. */
    int cursor() {
        return gaps.cursor;
    }

    int length(int gap) {
        return gaps.bounds[2 * gap + 1] - gaps.bounds[2 * gap];
    }

    boolean isText(int gap) {
        return json[gaps.bounds[2 * gap] - 1] == '"';
    }

    /** What stands in a gap. */
    String text(int gap) {
        return new String(json, gaps.bounds[2 * gap], length(gap), StandardCharsets.ISO_8859_1);
    }

    /** The constant in a gap. */
    Literal literal(int gap) {
        return isText(gap)
                ? new Literal.Text(text(gap))
                : PlainNumber.of(json, gaps.bounds[2 * gap], gaps.bounds[2 * gap + 1]);
    }

    /** The same text without what stands in the gaps, to be kept. */
    Outline emptied() {
        byte[] rest = new byte[json.length];
        Gaps empty = new Gaps();
        empty.cursor = gaps.cursor;
        int size = 0;
        int from = 0;
        for (int i = 0; i < gaps.size; i += 2) {
            int length = gaps.bounds[i] - from;
            System.arraycopy(json, from, rest, size, length);
            size += length;
            empty.add(size, size);
            from = gaps.bounds[i + 1];
        }
        System.arraycopy(json, from, rest, size, json.length - from);
        return new Outline(Arrays.copyOf(rest, size + json.length - from), empty, hash);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Outline that)
                || that.hash != hash
                || that.gaps.cursor != gaps.cursor
                || that.gaps.size != gaps.size) {
            return false;
        }
        int from = 0;
        int thatFrom = 0;
        for (int i = 0; i < gaps.size; i += 2) {
            int end = gaps.bounds[i];
            if (!Arrays.equals(json, from, end, that.json, thatFrom, that.gaps.bounds[i])) {
                return false;
            }
            from = gaps.bounds[i + 1];
            thatFrom = that.gaps.bounds[i + 1];
        }
        return Arrays.equals(json, from, json.length, that.json, thatFrom, that.json.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
