package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Whatever a service documents is reached through the public host; the router has no way in. */
final class WaysInTest {

    private static final Set<String> CLAIMED = Charts.base(Charts.UMBRELLA)
            .render(Map.of("global.ingress.kind", "Ingress", "global.publicUrl", "https://ashlar.example.com"))
            .of(Ingress.class)
            .stream()
            .flatMap(ingress -> ingress.getSpec().getRules().stream())
            .flatMap(rule -> rule.getHttp().getPaths().stream())
            .map(HTTPIngressPath::getPath)
            .collect(Collectors.toSet());

    @ParameterizedTest
    @ValueSource(strings = {"authz-service", "filter-service", "ingest-service", "export-service"})
    void everyDocumentedPathIsClaimed(String service) throws IOException {
        List<String> documented = paths(service);
        assertThat(documented).isNotEmpty().allSatisfy(path -> assertThat(CLAIMED)
                .as(path)
                .anyMatch(claimed -> path.equals(claimed) || path.startsWith(claimed + "/")));
    }

    private static List<String> paths(String service) throws IOException {
        Path document = Path.of(System.getProperty("ashlar.root"), service, "server", "openapi.yaml");
        try (Reader reader = Files.newBufferedReader(document)) {
            Map<String, Map<String, Object>> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return List.copyOf(read.get("paths").keySet());
        }
    }
}
