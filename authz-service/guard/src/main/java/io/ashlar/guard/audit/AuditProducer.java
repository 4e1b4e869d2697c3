package io.ashlar.guard.audit;

import io.ashlar.guard.config.GuardConfig;
import io.ashlar.guard.config.KafkaSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.util.Map;

/**
 * Chooses: the spool where a directory is configured for it, else the log. Made at the start: a directory that cannot be used is
 * seen before the first request, and the spool's meter before the first event.
 */
@ApplicationScoped
class AuditProducer {

    private final GuardConfig guard;
    private final KafkaSettings kafka;
    private final MeterRegistry meters;

    AuditProducer(GuardConfig guard, KafkaSettings kafka, MeterRegistry meters) {
        this.guard = guard;
        this.kafka = kafka;
        this.meters = meters;
    }

    @Produces
    @Startup
    @DefaultBean
    @ApplicationScoped
    DoorAudit audit() {
        if (guard.audit().directory().isEmpty()) {
            return new LoggedAudit();
        }
        Map<String, Object> settings = kafka.all();
        if (!settings.containsKey(KafkaSettings.BOOTSTRAP)) {
            throw new IllegalStateException("ashlar.guard.audit.directory needs kafka." + KafkaSettings.BOOTSTRAP);
        }
        SpooledAudit spooled =
                new SpooledAudit(guard.service(), guard.audit().directory().get(), settings);
        Gauge.builder("ashlar.guard.audit.spool.fill", spooled, SpooledAudit::fill)
                .description("share of the audit spool that waits for Kafka; at 1 requests are refused")
                .register(meters);
        return spooled;
    }

    void close(@Disposes DoorAudit audit) {
        if (audit instanceof SpooledAudit spooled) {
            spooled.close();
        }
    }
}
