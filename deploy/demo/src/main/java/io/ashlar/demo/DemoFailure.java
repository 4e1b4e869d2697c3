package io.ashlar.demo;

/** Something the demo was to prove did not hold; the message says what. */
final class DemoFailure extends RuntimeException {

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws unless {@code holds}. */
    static void unless(boolean holds, String message) {
        if (!holds) {
            throw new DemoFailure(message);
        }
    }
}
