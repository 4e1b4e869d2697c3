package io.ashlar.ingest.topic;

import io.ashlar.ingest.event.Topic;
import io.ashlar.ingest.event.Topics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** Makes and checks the topics. Thread-safe. */
@ApplicationScoped
public class TopicKeeper {

    private static final Logger LOG = Logger.getLogger(TopicKeeper.class);
    private static final List<Topic> OWNED = List.of(Topics.TELEMETRY, Topics.AUDIT, Topics.TELEMETRY_DEAD);
    private static final long DEADLINE_SECONDS = 10;

    private final Map<String, Object> kafka;
    private final TopicConfig config;
    private volatile boolean ready;

    TopicKeeper(@Identifier("default-kafka-broker") Map<String, Object> kafka, TopicConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    /** Before the loader subscribes; if the broker is out of reach, readiness tries again. */
    void start(@Observes @Priority(1) StartupEvent event) {
        LOG.debugf("topics ready=%b", ready());
    }

    /**
     * Whether all topics are as they must be; looks again until they are.
     *
     * @throws IllegalStateException if a topic has another number of partitions
     */
    public synchronized boolean ready() {
        if (ready) {
            return true;
        }
        try (Admin admin = Admin.create(kafka)) {
            for (Topic topic : OWNED) {
                if (!present(admin, topic)) {
                    return false;
                }
            }
            ready = true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unreachable) {
            LOG.warnf("topics not checked, broker out of reach: %s", unreachable.getMessage());
        }
        return ready;
    }

    private boolean present(Admin admin, Topic topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            TopicDescription there = admin.describeTopics(List.of(topic.name()))
                    .topicNameValues()
                    .get(topic.name())
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (there.partitions().size() != topic.partitions()) {
                throw new IllegalStateException("topic " + topic.name() + " has "
                        + there.partitions().size() + " partitions, " + topic.partitions() + " are fixed at install");
            }
            return true;
        } catch (ExecutionException missing) {
            if (!(missing.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw missing;
            }
        }
        return config.create() && make(admin, topic);
    }

    private boolean make(Admin admin, Topic topic) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, String> settings = Map.of(
                "message.timestamp.type", "LogAppendTime",
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(topic.retention().toMillis()));
        try {
            admin.createTopics(List.of(
                            new NewTopic(topic.name(), topic.partitions(), config.replicas()).configs(settings)))
                    .all()
                    .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            LOG.infof("topic made name=%s partitions=%d", topic.name(), topic.partitions());
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicExistsException) {
                return true;
            }
            throw failed;
        }
    }
}
