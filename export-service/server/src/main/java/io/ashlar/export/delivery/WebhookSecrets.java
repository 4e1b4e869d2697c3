package io.ashlar.export.delivery;

import io.ashlar.filter.key.KeySet;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Each tenant's secret, derived from the installation's keys, and the signatures made with it (Standard Webhooks 1.0, scheme
 * {@code v1}: HMAC-SHA256 over {@code id.timestamp.body}). No tenant can sign for another. Thread-safe.
 */
@Singleton
public final class WebhookSecrets {

    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES_MIN = 32;
    private static final int KEY_BYTES_MAX = 1024;

    private final List<byte[]> keys;

    WebhookSecrets(WebhookConfig config) {
        this.keys = config.keys().map(WebhookSecrets::parse).orElse(List.of());
    }

    private static List<byte[]> parse(String text) {
        KeySet set = KeySet.parse("webhook", text, KEY_BYTES_MIN, KEY_BYTES_MAX);
        return set.ids().stream().map(set::secret).toList();
    }

    /** Whether this installation has keys, and so webhooks. */
    public boolean offered() {
        return !keys.isEmpty();
    }

    /** What a tenant verifies with: {@code whsec_} and base64. */
    public String secret(UUID tenant) {
        if (keys.isEmpty()) {
            throw new IllegalStateException("ashlar.export.webhook.keys is not set");
        }
        return "whsec_" + Base64.getEncoder().encodeToString(derived(keys.getFirst(), tenant));
    }

    /** The header {@code webhook-signature}: one signature per key. */
    String signatures(UUID tenant, String id, long timestampSeconds, String body) {
        byte[] signed = (id + "." + timestampSeconds + "." + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(hmac(derived(key, tenant), signed)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] derived(byte[] key, UUID tenant) {
        return hmac(key, ("ashlar export webhook v1 " + tenant).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
