package io.ashlar.export.store;

import io.ashlar.guard.ready.Need;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ready only where the bucket answers; asked every five seconds. */
@ApplicationScoped
class BucketNeed implements Need {

    private final ObjectStore store;
    private volatile @Nullable String missing = "not asked yet";

    BucketNeed(ObjectStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "s3_bucket";
    }

    @Override
    public Optional<String> missing() {
        return Optional.ofNullable(missing);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void ask() {
        try {
            store.probe();
            missing = null;
        } catch (IOException e) {
            missing = "the bucket does not answer";
        }
    }
}
