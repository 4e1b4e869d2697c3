package io.ashlar.guard.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import io.ashlar.guard.config.GuardConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Asks the framework for the proof of a bearer token, and not again while {@link VerifiedTokens} holds the answer. What it
 * refuses is never held. A request without a bearer token is the framework's alone.
 *
 * <p>Warm or cold, an identity is who the token names and its roles: what else the framework attaches belongs to one
 * request (its routing context) and would outlive it here.
 */
@Singleton
@OidcEndpoint(OidcEndpoint.Type.JWKS)
final class TokenMechanism implements HttpAuthenticationMechanism, OidcResponseFilter {

    private static final String SCHEME = "Bearer ";

    private final OidcAuthenticationMechanism framework;
    private final VerifiedTokens verified;

    TokenMechanism(OidcAuthenticationMechanism framework, GuardConfig config, MeterRegistry meters) {
        GuardConfig.Token token = config.token();
        this.framework = framework;
        this.verified = new VerifiedTokens(
                token.cacheLife(), token.cacheEntries(), InstantSource.system(), Ticker.systemTicker());
        Gauge.builder("ashlar.guard.tokens.held", verified, VerifiedTokens::held)
                .description("bearer tokens that need no proof for a moment")
                .register(meters);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        @Nullable String token = token(context.request());
        if (token == null) {
            return Uni.createFrom().nullItem();
        }
        VerifiedTokens.Digest digest = VerifiedTokens.Digest.of(token);
        Optional<SecurityIdentity> known = verified.find(digest);
        return known.isPresent()
                ? Uni.createFrom().item(known.get())
                : framework
                        .authenticate(context, providers)
                        .onItem()
                        .ifNotNull()
                        .transform(proven -> keep(digest, proven));
    }

    /** Who sends a request, if its token was proven not long ago. */
    Optional<SecurityIdentity> known(HttpServerRequest request) {
        return Optional.ofNullable(token(request))
                .map(VerifiedTokens.Digest::of)
                .flatMap(verified::find);
    }

    private SecurityIdentity keep(VerifiedTokens.Digest digest, SecurityIdentity proven) {
        SecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(proven.getPrincipal())
                .addRoles(proven.getRoles())
                .addCredentials(proven.getCredentials())
                .addAttribute(Callers.ATTRIBUTE, Callers.self(proven))
                .build();
        if (proven.getPrincipal() instanceof JsonWebToken token) {
            verified.put(digest, identity, Instant.ofEpochSecond(token.getExpirationTime()));
        }
        return identity;
    }

    /** The one token, where there is one and nothing is odd about how it was sent. */
    private @Nullable String token(HttpServerRequest request) {
        if (!verified.enabled()) {
            return null;
        }
        List<String> sent = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        return sent.size() == 1 && sent.getFirst().startsWith(SCHEME)
                ? sent.getFirst().substring(SCHEME.length())
                : null;
    }

    @Override
    public void filter(OidcResponseContext keysAnswer) {
        verified.forget();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return framework.getChallenge(context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return framework.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return framework.getCredentialTransport(context);
    }

    /** Before the framework's own. */
    @Override
    public int getPriority() {
        return framework.getPriority() + 1;
    }
}
