package io.ashlar.export.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Our signatures in the hands of the standard's own library. */
class WebhookSecretsTest {

    private static final String K1 = "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String K2 = "k2:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    private static final UUID TENANT = new UUID(1, 1);
    private static final String BODY = "{\"type\":\"export.succeeded\"}";

    @Test
    void theStandardsLibraryVerifies() throws Exception {
        WebhookSecrets secrets = secrets(K1);
        new Webhook(secrets.secret(TENANT)).verify(BODY, headers(secrets));
    }

    @Test
    void afterARotationBothSecretsVerify() throws Exception {
        WebhookSecrets before = secrets(K1);
        WebhookSecrets after = secrets(K2 + "," + K1);
        assertThat(after.secret(TENANT)).isNotEqualTo(before.secret(TENANT));
        new Webhook(before.secret(TENANT)).verify(BODY, headers(after));
        new Webhook(after.secret(TENANT)).verify(BODY, headers(after));
    }

    @Test
    void anotherBodyOrAnotherTenantsSecretDoesNot() {
        WebhookSecrets secrets = secrets(K1);
        assertThatThrownBy(() -> new Webhook(secrets.secret(TENANT)).verify(BODY + " ", headers(secrets)))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(secrets.secret(new UUID(2, 2))).verify(BODY, headers(secrets)))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void wrongKeysAreRefusedAndNoneMeansNotOffered() {
        for (String text : List.of("", "k1:", "k1:!!", "k1:c2hvcnQ=", "c2hvcnQ=")) {
            assertThatThrownBy(() -> secrets(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new WebhookSecrets(config(Optional.empty())).offered()).isFalse();
    }

    private static HttpHeaders headers(WebhookSecrets secrets) {
        long now = Instant.now().getEpochSecond();
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of("msg_1"),
                        "webhook-timestamp", List.of(Long.toString(now)),
                        "webhook-signature", List.of(secrets.signatures(TENANT, "msg_1", now, BODY))),
                (name, value) -> true);
    }

    private static WebhookSecrets secrets(String keys) {
        return new WebhookSecrets(config(Optional.of(keys)));
    }

    private static WebhookConfig config(Optional<String> keys) {
        return new WebhookConfig() {
            @Override
            public Optional<String> keys() {
                return keys;
            }

            @Override
            public boolean allowHttp() {
                return false;
            }

            @Override
            public Optional<List<String>> allowedNetworks() {
                return Optional.empty();
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(1);
            }
        };
    }
}
