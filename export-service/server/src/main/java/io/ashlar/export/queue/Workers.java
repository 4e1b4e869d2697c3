package io.ashlar.export.queue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** This process's workers, one per lane, from start to shutdown. */
@Singleton
public final class Workers {

    private static final Logger LOG = Logger.getLogger(Workers.class);

    private final QueueConfig config;
    private final List<LaneWorker> workers;
    private final HintListener listener;

    Workers(
            QueueConfig config,
            @DataSource("system") AgroalDataSource system,
            @DataSource("direct") AgroalDataSource direct,
            @All List<JobHandler> handlers,
            MeterRegistry meters) {
        this.config = config;
        String name = "export-" + UUID.randomUUID().toString().substring(0, 8);
        JobQueue queue = new JobQueue(
                system, config.lease(), config.runningPerTenant(), config.keepFiles(), new JobMeters(meters));
        Map<String, JobHandler> byKind = new HashMap<>();
        handlers.forEach(handler -> byKind.put(handler.kind(), handler));
        this.workers = List.of(
                new LaneWorker(Lane.LARGE, name, queue, byKind, settings(config.exportSlots())),
                new LaneWorker(Lane.DELIVERY, name, queue, byKind, settings(config.deliverySlots())));
        this.listener = new HintListener(direct, () -> workers().forEach(LaneWorker::hint));
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            workers.forEach(LaneWorker::start);
            listener.start();
            LOG.infof("event=workers_started lanes=%d", workers.size());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (config.enabled()) {
            listener.close();
            workers.forEach(LaneWorker::close);
        }
    }

    /** Jobs this process runs now. */
    int running() {
        return workers.stream().mapToInt(LaneWorker::running).sum();
    }

    private List<LaneWorker> workers() {
        return workers;
    }

    private LaneWorker.Settings settings(int slots) {
        return new LaneWorker.Settings(
                slots,
                config.pollMin(),
                config.pollMax(),
                config.heartbeat(),
                config.backoffBase(),
                config.backoffCap());
    }
}
