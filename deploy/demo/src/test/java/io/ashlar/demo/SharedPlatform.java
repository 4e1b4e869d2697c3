package io.ashlar.demo;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import io.ashlar.demo.Api.Answer;
import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import io.ashlar.local.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One platform for all end-to-end tests of this module, traced into a sink, with the two trial tenants in place. */
final class SharedPlatform implements BeforeAllCallback {

    private static final class Running implements AutoCloseable {
        private final TraceSink traces = TraceSink.start();
        private final Keys keys = Keys.random();
        private final Platform platform;

        Running() {
            StackOptions options = StackOptions.tests().withKeepData(Boolean.getBoolean("ashlar.stack.keep"));
            platform = Platform.start(
                    root(),
                    options,
                    keys,
                    Map.of(
                            "quarkus.otel.sdk.disabled", "false",
                            "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                            "quarkus.otel.exporter.otlp.endpoint", traces.endpoint(),
                            "quarkus.otel.bsp.schedule.delay", "100ms",
                            "ashlar.authz.access-review.interval", "1s"),
                    System.out);
            Scenario scenario = new Scenario(platform.target());
            scenario.createTenants();
            scenario.grant();
            scenario.declare();
        }

        @Override
        public void close() {
            platform.close();
            traces.close();
        }
    }

    private Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(Namespace.create(SharedPlatform.class))
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
    }

    Platform platform() {
        return running.platform;
    }

    /** The keys of this installation, for another instance of a service. */
    Keys keys() {
        return running.keys;
    }

    /** More instances of one service side by side, one for each configuration, in their order. */
    List<Instance> start(Service service, List<Map<String, String>> configurations) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Instance>> starts = configurations.stream()
                    .map(extra -> threads.submit(() -> platform().services().start(service, extra)))
                    .toList();
            List<Instance> started = new ArrayList<>();
            for (Future<Instance> start : starts) {
                started.add(start.get());
            }
            return started;
        } catch (ExecutionException e) {
            throw new IllegalStateException("another " + service + " did not start", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Ends them all at once: each first delivers what it still has. */
    void stop(List<Instance> instances) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            instances.forEach(
                    instance -> threads.execute(() -> platform().services().stop(instance)));
        }
    }

    /** A trial user's token in another tenant than his own. */
    String token(UUID tenant, String user) {
        return platform().tokens().changed(user, Map.of("tenant_id", tenant.toString()), ofMinutes(10));
    }

    TraceSink traces() {
        return running.traces;
    }

    /** The answer to a client that comes again while it is told to: 503, on a machine that has too much to do. */
    static Answer answered(Callable<Answer> call) {
        return await().atMost(ofSeconds(30)).pollInterval(ofMillis(20)).until(call, answer -> answer.status() != 503);
    }

    /** A folder for downloads that is gone with the build. */
    static Path files() {
        try {
            return Files.createDirectories(Path.of("target", "files"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("ashlar.root", "../.."))
                .toAbsolutePath()
                .normalize();
    }
}
