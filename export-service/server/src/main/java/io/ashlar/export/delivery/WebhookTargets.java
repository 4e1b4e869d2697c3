package io.ashlar.export.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Reads the addresses that tenants give, and decides anew at each call whether they may be called. */
@Singleton
public final class WebhookTargets {

    private static final int LENGTH_MAX = 2048;

    private final AddressGuard guard;
    private final boolean allowHttp;

    @Inject
    WebhookTargets(WebhookConfig config) {
        this(
                config.allowedNetworks().orElse(List.of()).stream()
                        .map(Network::parse)
                        .toList(),
                config.allowHttp());
    }

    WebhookTargets(List<Network> allowed, boolean allowHttp) {
        this.guard = new AddressGuard(allowed);
        this.allowHttp = allowHttp;
    }

    /** What an address came to. */
    public sealed interface Target {

        /**
         * It may be called.
         *
         * @param uri as the tenant wrote it
         * @param address what to connect to
         */
        record Open(URI uri, InetAddress address) implements Target {}

        /** It may not; {@code reason} tells the tenant why. */
        record Refused(String reason) implements Target {}

        /** Its name leads nowhere now. */
        record Unknown() implements Target {}
    }

    /** Reads and looks up; blocks for the name server. */
    public Target look(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return new Target.Refused("not an address");
        }
        String host = uri.getHost();
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        if (!secure && !(allowHttp && "http".equalsIgnoreCase(uri.getScheme()))) {
            return new Target.Refused("the address must begin with https://");
        }
        if (host == null
                || text.length() > LENGTH_MAX
                || uri.getRawUserInfo() != null
                || uri.getRawFragment() != null) {
            return new Target.Refused("the address must be a host with an optional port, path and query, at most "
                    + LENGTH_MAX + " characters");
        }
        return switch (guard.look(host)) {
            case AddressGuard.Looked.Open open -> new Target.Open(uri, open.address());
            case AddressGuard.Looked.Refused refused -> new Target.Refused(refused.reason());
            case AddressGuard.Looked.Unknown unknown -> new Target.Unknown();
        };
    }
}
