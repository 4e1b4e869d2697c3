package io.ashlar.export.app;

import java.util.Map;

/** The service's configuration in tests: peers at one address, keys of tests only, short times. */
final class TestConfig {

    private TestConfig() {}

    static Map<String, String> of(String peers) {
        return Map.ofEntries(
                Map.entry("test.peers", peers),
                Map.entry("ashlar.export.peers.authz", peers),
                Map.entry("ashlar.export.peers.filter", peers),
                Map.entry("ashlar.export.peers.router", peers),
                Map.entry("ashlar.export.receipt.keys", "t1:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"),
                Map.entry("ashlar.export.cursor.keys", "c1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
                Map.entry("ashlar.export.webhook.keys", "w1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
                Map.entry("ashlar.export.webhook.allow-http", "true"),
                // Loopback but for the address that the tests use as a forbidden one.
                Map.entry("ashlar.export.webhook.allowed-networks", "127.0.0.1/32"),
                Map.entry("ashlar.export.webhook.timeout", "2s"),
                Map.entry("ashlar.export.queue.heartbeat", "300ms"),
                Map.entry("ashlar.export.queue.backoff-base", "20ms"),
                Map.entry("ashlar.export.queue.backoff-cap", "100ms"),
                Map.entry("ashlar.export.queue.export-attempts", "4"),
                Map.entry("ashlar.export.queue.running-per-tenant", "8"),
                Map.entry("ashlar.export.queue.export-slots", "8"),
                Map.entry("ashlar.export.sweep.every", "1s"),
                Map.entry("ashlar.export.otlp.disabled", "false"),
                Map.entry("ashlar.export.otlp.endpoint", peers),
                Map.entry("quarkus.otel.exporter.otlp.protocol", "http/protobuf"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.management.test-port", "0"));
    }
}
