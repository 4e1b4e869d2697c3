package io.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.local.Services.Instance;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.process.OwnClasses;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesIT {

    @TempDir
    static Path project;

    @Test
    void instances_run_side_by_side_and_are_killed_and_restarted_one_by_one() throws IOException {
        build(Service.AUTHZ);
        build(Service.FILTER);
        try (Stack stack = Stack.start(StackOptions.tests(Server.REDIS));
                Services services = Services.on(
                        stack,
                        Services.Options.tests(project)
                                .withExtra(Map.of("ashlar.authz.only", "1", "quarkus.log.level", "WARN")))) {
            assertThat(services.start(Service.AUTHZ, Service.FILTER)).hasSize(2);
            Instance filter = services.instances().stream()
                    .filter(instance -> instance.service() == Service.FILTER)
                    .findFirst()
                    .orElseThrow();
            assertThat(text(services.url(Service.AUTHZ))).contains("ashlar.authz.only", "quarkus.redis.hosts");
            assertThat(text(filter.url()))
                    .contains("quarkus.log.level", "quarkus.redis.hosts")
                    .doesNotContain("ashlar.authz.only")
                    .endsWith(services.url(Service.AUTHZ).toString());

            Instance second = services.start(Service.FILTER, Map.of("extra.key", "x"));
            assertThat(second.number()).isEqualTo(2);
            assertThat(text(second.url())).contains("extra.key");

            services.kill(filter);
            assertThat(services.alive(filter)).isFalse();
            assertThat(services.url(Service.FILTER)).isEqualTo(second.url());
            services.start(filter);
            assertThat(services.alive(filter)).isTrue();
            services.restart(second);
            assertThat(text(second.url())).contains("extra.key");
            assertThatThrownBy(() -> services.start(Service.EXPORT, Map.of()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("quarkus-run.jar is missing");
        }
    }

    private static void build(Service service) throws IOException {
        Path jar = project.resolve(service.folder()).resolve("server/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Path testClasses = Path.of("target/test-classes").toAbsolutePath();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        testClasses.toUri() + " " + OwnClasses.location().toUri());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            written.finish();
        }
    }

    private static String text(URI url) throws IOException {
        try (var in = url.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
