package io.ashlar.router.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.router.RouterError;
import io.ashlar.router.choice.ChoiceConfig;
import io.ashlar.router.cost.CostConfig;
import io.ashlar.router.flight.FlightConfig;
import io.ashlar.router.read.SealConfig;
import io.ashlar.router.stream.StreamConfig;
import io.ashlar.router.tenant.TenantConfig;
import io.ashlar.router.topology.TopologyConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's tables leave nothing out. */
class ReadmeTest {

    private static final List<Class<?>> MAPPINGS = List.of(
            SealConfig.class,
            TopologyConfig.class,
            ChoiceConfig.class,
            FlightConfig.class,
            StreamConfig.class,
            CostConfig.class,
            TenantConfig.class);

    @Test
    void everyKeyIsThere() throws IOException {
        String readme = readme();
        for (Class<?> mapping : MAPPINGS) {
            String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
            assertThat(ConfigClass.configClass(mapping, prefix).getProperties().keySet())
                    .allSatisfy(key -> assertThat(readme).contains("`" + key.replace("[*]", "") + "`"));
        }
    }

    @Test
    void everyCodeIsThere() throws IOException {
        String readme = readme();
        for (RouterError error : RouterError.values()) {
            assertThat(readme).contains("`" + error.code() + "`");
        }
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of(System.getProperty("ashlar.root", "../.."), "query-router", "README.md"));
    }
}
