package io.ashlar.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can sign in at the stack's issuer. For trials only.
 *
 * @param name what is typed on the sign-in page; {@code preferred_username}
 * @param password in clear text
 * @param sub the subject of tokens; stable
 * @param tenantId a UUID; null for operators, who belong to no tenant
 * @param roles platform roles ({@code platform:admin})
 * @param amr how the user is said to have signed in ({@code pwd}, {@code mfa})
 */
public record TrialUser(
        String name,
        String password,
        String sub,
        @JsonProperty("tenant_id") @Nullable String tenantId,
        List<String> roles,
        List<String> amr) {

    public static final String TENANT_A = "11111111-1111-4111-8111-111111111111";
    public static final String TENANT_B = "22222222-2222-4222-8222-222222222222";

    public TrialUser {
        roles = List.copyOf(roles);
        amr = List.copyOf(amr);
    }

    @Override
    public String toString() {
        return "TrialUser[" + name + "]";
    }
}
