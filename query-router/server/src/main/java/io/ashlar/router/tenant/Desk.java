package io.ashlar.router.tenant;

import java.util.concurrent.Semaphore;

/**
 * One tenant's places and line. Joining and leaving are done under the lock of the map that holds the desk, so that it goes
 * with the last who leaves.
 */
final class Desk {

    private final Semaphore free;
    private final int presentMax;
    private int present;

    Desk(int places, int queueLength) {
        // Fair: who waits longest is next, and nobody in the line is passed by until his time is over.
        this.free = new Semaphore(places, true);
        this.presentMax = (int) Math.min(Integer.MAX_VALUE, (long) places + queueLength);
    }

    Semaphore free() {
        return free;
    }

    boolean join() {
        if (present == presentMax) {
            return false;
        }
        present++;
        return true;
    }

    /** Whether that was the last. */
    boolean leave() {
        present--;
        return present == 0;
    }
}
