package io.ashlar.cedar.value;

/** Decimal digits in a text, the ten of ASCII only. */
final class Digits {

    private Digits() {}

    /** Whether there is at least one character from {@code start} to {@code end}, and nothing but digits. */
    static boolean only(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!is(text, i)) {
                return false;
            }
        }
        return start < end;
    }

    static boolean is(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /** The number of {@code count} digits at {@code at}, or -1 if there are fewer. */
    static int number(String text, int at, int count) {
        int number = 0;
        for (int i = at; i < at + count; i++) {
            if (!is(text, i)) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
