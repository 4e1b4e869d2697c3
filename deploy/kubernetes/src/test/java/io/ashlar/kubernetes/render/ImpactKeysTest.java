package io.ashlar.kubernetes.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of filter-service's impacts, as authz-service gets them. */
final class ImpactKeysTest {

    private static final String PROPERTY = "ashlar.authz.impact.jwks";

    private static Charts.Case values(Path more) {
        return new Charts.Case(
                "authz-service",
                more.getFileName().toString(),
                List.of(Charts.path("authz-service").resolve("ci/base.yaml"), more));
    }

    private static Map<String, String> properties(Charts.Case values) {
        return ServiceProperties.of(values.render(), "ashlar-authz");
    }

    @Test
    void areOneLineOfProperties() {
        String jwks = properties(values(Charts.path("authz-service").resolve("ci/impacts.yaml")))
                .get(PROPERTY);

        assertThat(jwks)
                .startsWith("{\"keys\":[{")
                .contains("\"kid\":\"k1\"", "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"");
    }

    @Test
    void areAbsentWhereNoneAreGiven() {
        assertThat(properties(Charts.base("authz-service"))).doesNotContainKey(PROPERTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none at all            | {}                                       | JSON Web Key Set",
                "no JSON                | {keys                                    | pattern",
                "no JSON within braces  | {keys}                                   | JSON Web Key Set",
                "one that may not leave | {\"keys\":[{\"kid\":\"k1\",\"d\":\"nWGxne\"}]} | private key"
            })
    void areRefusedWhereTheyAreNone(String about, String jwks, String says, @TempDir Path directory)
            throws IOException {
        Path more = Files.writeString(directory.resolve("more.yaml"), "impact: {jwks: '" + jwks + "'}\n");

        assertThatIllegalStateException()
                .as(about)
                .isThrownBy(() -> values(more).render())
                .withMessageContaining(says);
    }
}
