package io.ashlar.ingest.event;

import io.ashlar.ingest.event.Topic.KeyRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every topic of the house, with what is fixed at install. */
public final class Topics {

    /** Telemetry chunks. Only ingest-service writes it. */
    public static final Topic TELEMETRY =
            new Topic(1, "ashlar.telemetry.v1", 12, Duration.ofDays(7), KeyRule.TENANT_AND_ENTITY);

    /** Audit events of all services. */
    public static final Topic AUDIT =
            new Topic(2, "ashlar.audit.v1", 6, Duration.ofDays(30), KeyRule.TENANT_AND_RESOURCE);

    /** Changes of authorization, with a tick; read by everybody without a group. */
    public static final Topic AUTHZ_CHANGES =
            new Topic(3, "ashlar.authz.changes.v1", 1, Duration.ofHours(24), KeyRule.SINGLE);

    /** Life of exports. */
    public static final Topic EXPORTS =
            new Topic(4, "ashlar.exports.v1", 3, Duration.ofDays(7), KeyRule.TENANT_AND_JOB);

    /** Telemetry records that could not be stored. */
    public static final Topic TELEMETRY_DEAD =
            new Topic(5, "ashlar.telemetry.dead.v1", 3, Duration.ofDays(30), KeyRule.TENANT_AND_ENTITY);

    private static final List<Topic> ALL = List.of(TELEMETRY, AUDIT, AUTHZ_CHANGES, EXPORTS, TELEMETRY_DEAD);

    private Topics() {}

    /** All topics by number. */
    public static List<Topic> all() {
        return ALL;
    }

    /** The topic of that name. */
    public static Optional<Topic> byName(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }
}
