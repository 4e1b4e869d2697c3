package io.ashlar.export.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Calls to tenants' addresses. */
@ConfigMapping(prefix = "ashlar.export.webhook")
public interface WebhookConfig {

    /**
     * {@code kid:base64,kid:base64}, at least 32 bytes each: what the tenants' secrets are derived from. All sign, so that a
     * rotation breaks nobody; the first is the one that tenants are told. Absent: webhooks are not offered.
     */
    Optional<String> keys();

    /** Also http, for trials. */
    @WithDefault("false")
    boolean allowHttp();

    /** Networks that may be called though they are not public ({@code 127.0.0.0/8}), for trials and private installs. */
    Optional<List<String>> allowedNetworks();

    /** One call, from the connection to the status line. */
    @WithDefault("10s")
    Duration timeout();
}
