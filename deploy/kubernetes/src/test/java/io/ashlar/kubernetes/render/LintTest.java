package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Strict lint. It takes no values, so that each case is laid over the chart's own in a copy. */
final class LintTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("io.ashlar.kubernetes.render.Charts#cases")
    void findsNothing(Charts.Case values) throws IOException {
        Path original = Charts.path(values.chart());
        Path chart = directory.resolve(values.chart());
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Files.copy(file, chart.resolve(original.relativize(file)));
            }
        }
        Path own = chart.resolve("values.yaml");
        Map<String, Object> merged = read(own);
        for (Path file : values.values()) {
            merge(merged, read(file));
        }
        Files.writeString(own, new Yaml().dump(merged));

        LintResult result = new Helm(chart).lint().strict().call();
        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    private static Map<String, Object> read(Path file) throws IOException {
        return new LinkedHashMap<>(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)));
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> below, Map<String, Object> above) {
        above.forEach((key, value) -> {
            if (value instanceof Map<?, ?> over && below.get(key) instanceof Map<?, ?> under) {
                Map<String, Object> both = new LinkedHashMap<>((Map<String, Object>) under);
                merge(both, (Map<String, Object>) over);
                below.put(key, both);
            } else {
                below.put(key, value);
            }
        });
    }
}
