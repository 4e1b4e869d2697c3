package io.ashlar.guard.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class KnownKeysTest {

    private static final Map<String, String> SHIPPED = Map.of(
            "ashlar.guard.service",
            "filter",
            "quarkus.datasource.jdbc.url",
            "${ashlar.filter.store.url}",
            "quarkus.some.default",
            "${ashlar.filter.depth:8}");

    @Test
    void aMisspelledKeyIsFoundWithTheNearestOne() {
        assertThat(complaints(Map.of("ashlar.guard.rate-limit.usr", "1")))
                .containsExactly("ashlar.guard.rate-limit.usr (did you mean ashlar.guard.rate-limit.user?)");
        assertThat(complaints(Map.of("ashlar.fliter.peers.authz", "x")))
                .containsExactly("ashlar.fliter.peers.authz (did you mean ashlar.filter.peers.authz?)");
        assertThat(complaints(Map.of("ashlar.what.is.this.key.of.mine", "x")))
                .containsExactly("ashlar.what.is.this.key.of.mine");
    }

    @Test
    void whatSomethingReadsIsKnown() {
        assertThat(complaints(Map.of(
                        "ashlar.guard.authz.url", "http://x",
                        "ashlar.guard.rate-limit.user", "5",
                        "ashlar.filter.store.url", "jdbc:x",
                        "ashlar.filter.depth", "9",
                        "ashlar.filter.database.direct-url", "jdbc:x",
                        "ashlar.stack", "containers",
                        "other.key", "x")))
                .isEmpty();
    }

    @Test
    void patternsStandForOneSegmentOrAnIndex() {
        KnownKeys known = new KnownKeys();
        known.add("ashlar.x.pools.*.size");
        known.add("ashlar.x.nodes[*]");
        assertThat(known.complaints(
                        List.of("ashlar.x.pools.api.size", "ashlar.x.pools.\"a.b\".size", "ashlar.x.nodes[3]")))
                .isEmpty();
        assertThat(known.complaints(List.of("ashlar.x.pools.size"))).hasSize(1);
    }

    @Test
    void aVariableMayMeanADashWhereItHasAnUnderscore() {
        assertThat(complaints(new EnvConfigSource(Map.of("ASHLAR_FILTER_OIDC_CLIENT_SECRET", "s"), 300)))
                .isEmpty();
        assertThat(complaints(new EnvConfigSource(Map.of("ASHLAR_FILTER_OIDC_CLIENT_SECERT", "s"), 300)))
                .hasSize(1);
        assertThat(complaints(Map.of("ashlar.filter.oidc.client.secret", "s"))).hasSize(1);
    }

    private static List<String> complaints(Map<String, String> set) {
        return complaints(new PropertiesConfigSource(set, "file", 300));
    }

    private static List<String> complaints(ConfigSource set) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(SHIPPED, "application.properties", 250))
                .withSources(set)
                .build();
        KnownKeys known = KnownKeys.of(config, Set.of(GuardConfig.class));
        known.addSupplied("filter");
        return known.complaints(config.getPropertyNames());
    }
}
