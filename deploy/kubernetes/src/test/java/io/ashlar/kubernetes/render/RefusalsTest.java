package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The cases of refusals.yaml. */
final class RefusalsTest {

    record Refusal(String about, String chart, Map<String, String> set, List<String> says) {
        @Override
        public String toString() {
            return about;
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedWithWhatToSet(Refusal refusal) {
        Charts.Case base = Charts.base(refusal.chart());
        assertThatIllegalStateException()
                .isThrownBy(() -> base.render(refusal.set()))
                .withMessageContainingAll(refusal.says().toArray(String[]::new));
    }

    @SuppressWarnings("unchecked")
    static Stream<Refusal> refusals() throws IOException {
        try (InputStream file = Objects.requireNonNull(RefusalsTest.class.getResourceAsStream("/refusals.yaml"))) {
            List<Map<String, Object>> cases = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return cases.stream()
                    .map(one -> new Refusal(
                            String.valueOf(one.get("about")),
                            String.valueOf(one.get("chart")),
                            (Map<String, String>) Objects.requireNonNull(one.get("set")),
                            (List<String>) Objects.requireNonNull(one.get("says"))));
        }
    }
}
