package io.ashlar.ingest.load;

import java.time.Duration;
import java.util.List;

/** A loader with its threads. */
record RunningLoader(Loader loader, Thread thread, List<Lane> lanes) {

    boolean alive() {
        return thread.isAlive() && lanes.stream().allMatch(Lane::alive);
    }

    LoaderState state() {
        return loader.state();
    }

    /** Lets the transactions under way end; what was only decoded is fetched again by whoever takes the partitions. */
    void stop(Duration patience) throws InterruptedException {
        loader.stop();
        thread.join(patience);
        for (Lane lane : lanes) {
            lane.stop(patience);
        }
    }
}
