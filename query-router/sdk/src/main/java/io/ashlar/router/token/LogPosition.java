package io.ashlar.router.token;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * A position in PostgreSQL's write-ahead log. Positions of different timelines are comparable only through the point
 * where the younger one branched off.
 *
 * @param timeline 1 and up; a promotion raises it
 * @param lsn bytes since the log began, 0 and up (PostgreSQL's unsigned 64 bits less the topmost, which no log reaches)
 */
public record LogPosition(int timeline, long lsn) {

    private static final int HALF_DIGITS_MAX = 8;

    public LogPosition {
        if (timeline < 1) {
            throw new IllegalArgumentException("timeline " + timeline + " is below 1");
        }
        if (lsn < 0) {
            throw new IllegalArgumentException("lsn " + lsn + " is negative");
        }
    }

    /** The LSN as PostgreSQL writes it, {@code 0/3000060}. */
    public String lsnText() {
        return lsnText(lsn);
    }

    /** An LSN as PostgreSQL writes it, {@code 0/3000060}. */
    public static String lsnText(long lsn) {
        return Long.toHexString(lsn >>> 32).toUpperCase(Locale.ROOT)
                + "/"
                + Long.toHexString(lsn & 0xFFFF_FFFFL).toUpperCase(Locale.ROOT);
    }

    /** Reads {@code pg_lsn} text; empty if it is none. */
    public static OptionalLong parseLsn(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return OptionalLong.empty();
        }
        long high = half(text, 0, slash);
        long low = half(text, slash + 1, text.length());
        if (high < 0 || low < 0 || high > 0x7FFF_FFFFL) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(high << 32 | low);
    }

    private static long half(String text, int from, int to) {
        if (to <= from || to - from > HALF_DIGITS_MAX) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = hexDigit(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** ASCII only: {@link Character#digit(char, int)} takes the digits of every script. */
    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        if (c >= 'A' && c <= 'F') {
            return c - 'A' + 10;
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
