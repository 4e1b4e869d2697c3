package io.ashlar.cedar.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.cedar.PolicyEngineException;
import io.ashlar.cedar.PolicyFault;
import io.ashlar.cedar.PolicySource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CedarEngineTest {

    private static final CedarEngine ENGINE = new CedarEngine();

    private static List<PolicyFault> check(String text) {
        return ENGINE.check(new PolicySource("p", text));
    }

    @Test
    void checksOnePolicyAtATime() {
        String policy = "permit(principal, action, resource);";
        assertThat(check(policy)).isEmpty();
        assertThat(check("")).hasSize(1);
        assertThat(check(policy + policy)).hasSize(1);
        assertThat(check("permit(principal == ?principal, action, resource);"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("template", "?principal"));
    }

    @Test
    void tellsPlacesInBytes() {
        assertThat(check("permit(principal == User::\"\u00e9\ud83d\ude00\", action, resource) when { foo };"))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.message()).isEqualTo("line 1, column 59: foo is no variable");
                    assertThat(fault.start()).isEqualTo(61);
                    assertThat(fault.end()).isEqualTo(64);
                });
    }

    @Test
    void compilesWhatItChecked() {
        PolicySource policy = new PolicySource("p", "permit(principal, action, resource);");
        assertThat(ENGINE.compile(List.of(policy)).size()).isEqualTo(1);
        assertThatThrownBy(() -> ENGINE.compile(List.of(policy, policy)))
                .isInstanceOf(PolicyEngineException.class)
                .hasMessageContaining("twice");
        for (String wrong : List.of("permit", "permit(principal in ?principal, action, resource);")) {
            assertThatThrownBy(() -> ENGINE.compile(List.of(new PolicySource("p", wrong))))
                    .isInstanceOf(PolicyEngineException.class)
                    .hasMessageContaining("policy p");
        }
    }
}
