package io.ashlar.authz.ready;

import io.ashlar.authz.snapshot.Snapshots;
import io.ashlar.guard.ready.Need;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The change topic with a relay behind it, until it was heard once. A topic that falls silent later makes every use ask the
 * database: slower, not wrong, and no reason to take the decision point away from everybody.
 */
@ApplicationScoped
class TopicNeed implements Need {

    private final Snapshots snapshots;
    private final AtomicBoolean heard = new AtomicBoolean();

    TopicNeed(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public String name() {
        return "change_topic";
    }

    @Override
    public Optional<String> missing() {
        if (snapshots.fresh()) {
            heard.set(true);
        }
        return heard.get() ? Optional.empty() : Optional.of("no tick of the relay heard yet");
    }
}
