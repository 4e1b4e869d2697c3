package io.ashlar.demo;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import io.ashlar.demo.Api.Answer;
import io.ashlar.local.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
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
                            "quarkus.otel.bsp.schedule.delay", "100ms"),
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
