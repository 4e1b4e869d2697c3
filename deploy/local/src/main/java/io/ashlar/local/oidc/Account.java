package io.ashlar.local.oidc;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can sign in.
 *
 * @param name {@code preferred_username}
 * @param password as it is: for trials only
 * @param sub subject of tokens
 * @param tenantId a UUID, or null for operators
 * @param roles platform roles
 * @param amr how the user is said to have signed in
 */
public record Account(
        @JsonProperty("name") String name,
        @JsonProperty("password") String password,
        @JsonProperty("sub") String sub,
        @JsonProperty("tenant_id") @Nullable String tenantId,
        @JsonProperty("roles") List<String> roles,
        @JsonProperty("amr") List<String> amr) {

    public Account {
        roles = roles == null ? List.of() : List.copyOf(roles);
        amr = amr == null || amr.isEmpty() ? List.of("pwd") : List.copyOf(amr);
    }

    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}
