package io.ashlar.guard.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The server's Kafka client settings: everything under {@code kafka.}. */
@ApplicationScoped
public class KafkaSettings {

    public static final String BOOTSTRAP = "bootstrap.servers";
    private static final String PREFIX = "kafka.";

    private final Config config;

    KafkaSettings(Config config) {
        this.config = config;
    }

    public Map<String, Object> all() {
        Map<String, Object> settings = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> settings.put(name.substring(PREFIX.length()), value));
            }
        }
        return settings;
    }
}
