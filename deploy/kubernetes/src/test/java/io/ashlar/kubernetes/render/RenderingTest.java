package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests that a cluster takes: each property known, names unique, selectors that meet the right pods. */
final class RenderingTest {

    private static final int NAME_MAX = 63;

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void isTypedAndNamedOnce(Charts.Case values) {
        Manifests rendered = values.render();
        assertThat(rendered.all())
                .hasSizeGreaterThan(10)
                .allSatisfy(one -> assertThat(Manifests.name(one)).hasSizeLessThanOrEqualTo(NAME_MAX))
                .allSatisfy(one -> assertThat(one.getMetadata().getLabels())
                        .containsEntry("app.kubernetes.io/part-of", "ashlar")
                        .containsEntry("app.kubernetes.io/instance", "ashlar"));
        assertThat(rendered.all().stream().map(one -> one.getKind() + " " + Manifests.name(one)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void selectorsMeetServersOnly(Charts.Case values) {
        Manifests rendered = values.render();
        assertThat(rendered.of(Deployment.class)).isNotEmpty();
        for (Deployment deployment : rendered.of(Deployment.class)) {
            String name = Manifests.name(deployment);
            Service service = rendered.named(Service.class, name);
            PodDisruptionBudget budget = rendered.named(PodDisruptionBudget.class, name);
            assertThat(rendered.met(deployment.getSpec().getSelector().getMatchLabels()))
                    .containsExactly(name);
            assertThat(rendered.met(service.getSpec().getSelector())).containsExactly(name);
            assertThat(rendered.met(budget.getSpec().getSelector().getMatchLabels()))
                    .containsExactly(name);
            List<String> ports =
                    deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getPorts().stream()
                            .map(ContainerPort::getName)
                            .toList();
            assertThat(service.getSpec().getPorts()).allSatisfy(port -> assertThat(ports)
                    .contains(port.getTargetPort().getStrVal()));
        }
    }

    /** Helm applies server-side: who renders replicas fights the autoscaler, or fails. */
    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void replicasAreSomebodysAlone(Charts.Case values) {
        Manifests rendered = values.render();
        List<String> scaled = rendered.of(HorizontalPodAutoscaler.class).stream()
                .map(scaler -> scaler.getSpec().getScaleTargetRef().getName())
                .toList();
        assertThat(rendered.of(Deployment.class)).isNotEmpty().allSatisfy(deployment -> assertThat(
                        deployment.getSpec().getReplicas() == null)
                .isEqualTo(scaled.contains(Manifests.name(deployment))));
    }

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void everyPodIsCutOffByDefault(Charts.Case values) {
        Manifests rendered = values.render();
        assertThat(rendered.pods()).isNotEmpty().allSatisfy(pod -> assertThat(rendered.of(NetworkPolicy.class).stream()
                        .filter(policy -> rendered.met(
                                        policy.getSpec().getPodSelector().getMatchLabels())
                                .contains(pod.by()))
                        .flatMap(policy -> policy.getSpec().getPolicyTypes().stream()))
                .contains("Ingress", "Egress"));
    }
}
