package io.ashlar.authz.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.PolicySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceCheckTest {

    private static final ReferenceCheck CHECK = new ReferenceCheck();

    @Test
    void takesOneStaticPolicy() {
        assertThat(CHECK.check(new PolicySource("x", "permit(principal, action, resource) when { context.mfa };")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "permit",
                "permit(principal action, resource);",
                "permit(principal, action, resource); permit(principal, action, resource);",
                "permit(principal == ?principal, action, resource);"
            })
    void refusesEverythingElse(String text) {
        assertThat(CHECK.check(new PolicySource("x", text))).isNotEmpty();
    }
}
