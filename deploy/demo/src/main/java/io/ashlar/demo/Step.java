package io.ashlar.demo;

import java.time.Duration;

/**
 * One line of the demo's table.
 *
 * @param name what was done
 * @param proven what that showed
 * @param took wall time
 * @param where which node answered and how far it lagged; empty where nothing was read
 */
record Step(String name, String proven, Duration took, String where) {

    /** What a step found out. */
    record Outcome(String proven, String where) {
        static Outcome of(String proven) {
            return new Outcome(proven, "");
        }
    }
}
