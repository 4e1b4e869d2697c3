package io.ashlar.authz.call;

import java.util.Objects;
import java.util.UUID;

/**
 * The user a service account acts for.
 *
 * @param tenant the user's tenant
 * @param subject the user's {@code sub}: 1 to 255 visible ASCII characters
 */
public record OnBehalfOf(UUID tenant, String subject) {

    public OnBehalfOf {
        Objects.requireNonNull(tenant, "tenant");
        if (!isSubject(subject)) {
            throw new IllegalArgumentException("a subject is 1 to 255 visible ASCII characters");
        }
    }

    /** The header's value: {@code <tenant>/<sub>}. */
    public String header() {
        return tenant + "/" + subject;
    }

    static boolean isSubject(String text) {
        return !text.isEmpty() && text.length() <= 255 && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }
}
