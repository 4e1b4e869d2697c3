package io.ashlar.authz.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.policy.DefaultState.State;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DefaultPoliciesTest {

    private static List<String> forms(String id) {
        List<String> forms = new ArrayList<>(DefaultPolicies.earlier(id));
        forms.add(Objects.requireNonNull(DefaultPolicies.texts().get(id)));
        return forms;
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whoever changes a default keeps the form that tenants have, and adds the new one's digest. */
    @Test
    void noFormThatATenantMayHaveIsForgotten() throws IOException, NoSuchAlgorithmException {
        StringBuilder known = new StringBuilder();
        for (String id : DefaultPolicies.texts().keySet()) {
            for (String form : forms(id)) {
                known.append(id).append(' ').append(sha256(form)).append('\n');
            }
        }
        try (InputStream golden = DefaultPoliciesTest.class.getResourceAsStream("/policy/default-forms.txt")) {
            assertThat(known.toString())
                    .isEqualTo(new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyFormIsAPolicyAndAnotherOne() {
        CedarEngine cedar = new CedarEngine();
        for (String id : DefaultPolicies.texts().keySet()) {
            List<String> forms = forms(id);
            assertThat(forms).doesNotHaveDuplicates().allSatisfy(form -> assertThat(
                            cedar.check(new PolicySource(id, form)))
                    .isEmpty());
        }
    }

    @Test
    void aTenantHasADefaultOrAnOlderFormOrItsOwnOrNone() {
        for (Map.Entry<String, String> policy : DefaultPolicies.texts().entrySet()) {
            String id = policy.getKey();
            assertThat(state(id, policy.getValue(), true)).isEqualTo(State.CURRENT);
            assertThat(state(id, "permit(principal, action, resource);", true)).isEqualTo(State.CHANGED);
            assertThat(state(id, null, true)).isEqualTo(State.REMOVED);
            assertThat(state(id, null, false)).isEqualTo(State.MISSING);
            for (String earlier : DefaultPolicies.earlier(id)) {
                assertThat(state(id, earlier, true)).isEqualTo(State.OLDER);
            }
        }
        assertThat(DefaultPolicies.earlier("default-editor")).hasSize(2);
    }

    private static State state(String id, @Nullable String present, boolean known) {
        String cedar = Objects.requireNonNull(DefaultPolicies.texts().get(id));
        return DefaultState.of(id, cedar, present, known).state();
    }
}
