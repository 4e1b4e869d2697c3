package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pod: restricted, bounded, with secrets from Secrets; every serving one asked on its management port. */
final class PodsTest {

    private static final long NON_ROOT = 65_532;

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void areRestricted(Charts.Case values) {
        assertThat(values.render().pods())
                .isNotEmpty()
                .map(Manifests.Made::spec)
                .allSatisfy(pod -> {
                    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
                    assertThat(pod.getEnableServiceLinks()).isFalse();
                    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
                    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(NON_ROOT);
                    assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                            .isEqualTo("RuntimeDefault");
                    assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getHostPath())
                            .isNull());
                    assertThat(containers(pod)).allSatisfy(PodsTest::isRestricted);
                });
    }

    private static void isRestricted(Container container) {
        SecurityContext security = container.getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory");
        // The root is read-only, and a JVM writes there.
        assertThat(container.getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void onlyMigrationsHoldTheOwnersPassword(Charts.Case values) {
        assertThat(values.render().pods()).isNotEmpty().allSatisfy(pod -> {
            List<EnvVar> secrets = containers(pod.spec())
                    .flatMap(container -> container.getEnv().stream())
                    .filter(variable -> variable.getName().matches(".*(PASSWORD|SECRET|_KEY|KEYS|JAAS_CONFIG)"))
                    .toList();
            assertThat(secrets).allSatisfy(variable -> assertThat(
                            variable.getValueFrom().getSecretKeyRef().getName())
                    .as(variable.getName())
                    .isNotBlank());
            boolean owns =
                    secrets.stream().anyMatch(variable -> variable.getName().contains("_OWNER_"));
            assertThat(owns).as(pod.by()).isEqualTo(pod.by().contains("-migrate-"));
        });
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void areAskedOnTheManagementPort(Charts.Case values) {
        assertThat(values.render().of(Deployment.class)).isNotEmpty().allSatisfy(deployment -> {
            Container server =
                    deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
            assertThat(path(server.getStartupProbe())).isEqualTo("/q/health/started");
            assertThat(path(server.getReadinessProbe())).isEqualTo("/q/health/ready");
            assertThat(path(server.getLivenessProbe())).isEqualTo("/q/health/live");
        });
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
        assertThat(probe.getTimeoutSeconds()).isLessThanOrEqualTo(probe.getPeriodSeconds());
        return probe.getHttpGet().getPath();
    }

    /** {@code preStop + delay + timeout ≤ grace}, read back from what is rendered. */
    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void haveTimeToEnd(Charts.Case values) {
        Manifests rendered = values.render();
        assertThat(rendered.of(Deployment.class)).isNotEmpty().allSatisfy(deployment -> {
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            Map<String, String> properties = ServiceProperties.of(rendered, Manifests.name(deployment));
            long preStop = pod.getContainers()
                    .getFirst()
                    .getLifecycle()
                    .getPreStop()
                    .getSleep()
                    .getSeconds();
            assertThat(preStop + seconds(properties, "delay") + seconds(properties, "timeout"))
                    .isPositive()
                    .isLessThanOrEqualTo(pod.getTerminationGracePeriodSeconds());
        });
    }

    /** One key is all it takes: where authz and Kafka are, and a spool for what is decided, each has anyway. */
    @ParameterizedTest
    @ValueSource(strings = {"filter-service", "ingest-service", "export-service"})
    void mayDecidePermissionsThemselves(String chart) {
        Manifests rendered = Charts.base(chart).render(Map.of("config.ashlar\\.guard\\.authz\\.mode", "embedded"));
        assertThat(rendered.of(Deployment.class)).isNotEmpty().allSatisfy(deployment -> assertThat(
                        ServiceProperties.of(rendered, Manifests.name(deployment)))
                .containsEntry("ashlar.guard.authz.mode", "embedded")
                .containsKeys("ashlar.guard.audit.directory", "kafka.bootstrap.servers"));
    }

    private static long seconds(Map<String, String> properties, String key) {
        String value = properties.getOrDefault("quarkus.shutdown." + key, "");
        return Long.parseLong(value.substring(0, value.length() - 1));
    }

    private static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }
}
