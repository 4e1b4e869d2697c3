package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Job cannot be changed: another spec has another name, the same spec the same. */
final class MigrationsTest {

    private static final Charts.Case BASE = Charts.base(Charts.UMBRELLA);

    private final List<String> names = names(Map.of());

    @Test
    void areNamedByVersionAndSpec() {
        assertThat(names).hasSize(5).allMatch(name -> name.matches("ashlar-[a-z]+-migrate-0-1-0-[0-9a-f]{8}"));
    }

    @Test
    void areNewWhenTheirSpecIs() {
        assertThat(names(Map.of("global.image.tag", "0.2.0"))).hasSize(5).doesNotContainAnyElementsOf(names);
        assertThat(names(Map.of("authz.migrations.backoffLimit", "1")))
                .hasSize(5)
                .filteredOn(name -> !names.contains(name))
                .singleElement()
                .asString()
                .startsWith("ashlar-authz-migrate-");
    }

    @Test
    void areTheSameWhenOnlyServersChange() {
        assertThat(names(Map.of("authz.autoscaling.maxReplicas", "3", "filter.oidcClientId", "other")))
                .isEqualTo(names);
    }

    @Test
    void podsWaitForTheSchema() {
        assertThat(BASE.render().of(Deployment.class)).hasSize(5).allSatisfy(deployment -> assertThat(
                        deployment.getSpec().getTemplate().getSpec().getInitContainers())
                .singleElement()
                .satisfies(wait -> assertThat(wait.getArgs()).containsExactly("await-schema", "300")));
    }

    private static List<String> names(Map<String, String> settings) {
        return BASE.render(settings).of(Job.class).stream().map(Manifests::name).toList();
    }
}
