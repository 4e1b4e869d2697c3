package io.ashlar.authz.accessreview;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.tenant.SqlFailedException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks for dates that have passed, as long as the application runs. What fails is tried again the next time. */
@ApplicationScoped
class LapseWatch {

    private static final Logger LOG = Logger.getLogger(LapseWatch.class);

    private final Lapsing lapsing;
    private final AccessReviewConfig config;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    LapseWatch(Lapsing lapsing, AccessReviewConfig config) {
        this.lapsing = lapsing;
        this.config = config;
        this.thread = Thread.ofPlatform().name("authz-lapse").daemon(true).unstarted(this::run);
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled()) {
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        stop.countDown();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stop.await(config.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            lapsing.run();
        } catch (SqlFailedException | ProblemException e) {
            LOG.warnf(e, "event=access_lapse_failed");
        }
    }
}
