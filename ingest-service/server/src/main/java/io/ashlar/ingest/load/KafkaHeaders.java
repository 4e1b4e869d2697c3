package io.ashlar.ingest.load;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A Kafka record's headers as text; of a repeated name the last. */
enum KafkaHeaders implements TextMapGetter<Map<String, String>> {
    GETTER;

    static Map<String, String> text(Headers headers) {
        Map<String, String> text = new HashMap<>();
        for (Header header : headers) {
            if (header.value() != null) {
                text.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return text;
    }

    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
        return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
        return carrier == null ? null : carrier.get(key);
    }
}
