package io.ashlar.ingest.load;

import io.ashlar.ingest.topic.TopicKeeper;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while the topics are not as they must be. What the loader lost or is stuck on is named but does not take the
 * instance out: accepting goes on without loading.
 */
@Readiness
@ApplicationScoped
class LoaderReadiness implements HealthCheck {

    private final TopicKeeper topics;
    private final LoaderLifecycle loader;

    LoaderReadiness(TopicKeeper topics, LoaderLifecycle loader) {
        this.topics = topics;
        this.loader = loader;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("telemetry log and loader");
        loader.state().ifPresent(state -> answer.withData("assigned", state.assigned())
                .withData("lost", state.lost().toString())
                .withData("stuck", state.stuck().toString()));
        if (!loader.alive()) {
            return answer.withData("missing", "a loader thread has ended")
                    .down()
                    .build();
        }
        try {
            return topics.ready()
                    ? answer.up().build()
                    : answer.withData("missing", "topics").down().build();
        } catch (IllegalStateException wrong) {
            return answer.withData("missing", String.valueOf(wrong.getMessage()))
                    .down()
                    .build();
        }
    }
}
