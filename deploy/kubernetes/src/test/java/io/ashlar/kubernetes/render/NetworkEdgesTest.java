package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The edges between services are the design's (§1), seen from both ends; the others are named dependencies. */
final class NetworkEdgesTest {

    private static final Set<String> EDGES = Set.of(
            "export → filter",
            "export → authz",
            "export → router",
            "filter → authz",
            "filter → router",
            "ingest → authz");

    private static final Map<String, Set<String>> DEPENDENCIES = Map.of(
            "authz", Set.of("postgresql", "kafka", "redis", "oidc"),
            "filter", Set.of("postgresql", "kafka", "redis", "oidc"),
            "ingest", Set.of("postgresql", "kafka", "redis", "oidc"),
            "router", Set.of("postgresql", "oidc"),
            "export", Set.of("postgresql", "kafka", "redis", "oidc", "s3"));

    private static final String NAME = "app.kubernetes.io/name";
    private static final String COMPONENT = "app.kubernetes.io/component";

    private final List<NetworkPolicy> policies =
            Charts.base(Charts.UMBRELLA).render().of(NetworkPolicy.class);

    @Test
    void callersMayCallWhomTheyDo() {
        Set<String> edges = new TreeSet<>();
        policies.stream()
                .filter(policy -> "server".equals(selected(policy).get(COMPONENT)))
                .forEach(policy -> policy.getSpec().getEgress().forEach(rule -> servers(rule.getTo())
                        .forEach(to -> edges.add(selected(policy).get(NAME) + " → " + to))));
        assertThat(edges).isEqualTo(new TreeSet<>(EDGES));
    }

    @Test
    void thoseWhoAreCalledTakeThem() {
        Set<String> edges = new TreeSet<>();
        policies.forEach(policy -> policy.getSpec().getIngress().forEach(rule -> servers(rule.getFrom())
                .forEach(from -> edges.add(from + " → " + selected(policy).get(NAME)))));
        assertThat(edges).isEqualTo(new TreeSet<>(EDGES));
    }

    @Test
    void dependenciesAreTheServicesOwn() {
        DEPENDENCIES.forEach((service, wanted) -> assertThat(named("ashlar-" + service + "-to-"))
                .as(service)
                .filteredOn(name -> !DEPENDENCIES.containsKey(name))
                .containsExactlyInAnyOrderElementsOf(wanted));
    }

    @Test
    void edgesAreNamed() {
        assertThat(named("ashlar-export-to-")).contains("filter", "authz", "router");
        assertThat(named("ashlar-authz-from-")).contains("filter", "ingest", "export", "clients");
    }

    @Test
    void clientsReachAllButTheRouter() {
        assertThat(policies.stream().map(Manifests::name).filter(name -> name.endsWith("-from-clients")))
                .containsExactlyInAnyOrder(
                        "ashlar-authz-from-clients",
                        "ashlar-filter-from-clients",
                        "ashlar-ingest-from-clients",
                        "ashlar-export-from-clients");
    }

    private List<String> named(String beginning) {
        return policies.stream()
                .map(Manifests::name)
                .filter(name -> name.startsWith(beginning))
                .map(name -> name.substring(beginning.length()))
                .toList();
    }

    private static Map<String, String> selected(NetworkPolicy policy) {
        return policy.getSpec().getPodSelector().getMatchLabels();
    }

    private static Stream<String> servers(List<NetworkPolicyPeer> peers) {
        return peers.stream()
                .filter(peer -> peer.getPodSelector() != null)
                .map(peer -> peer.getPodSelector().getMatchLabels())
                .filter(labels -> "server".equals(labels.get(COMPONENT)))
                .map(labels -> labels.get(NAME));
    }
}
