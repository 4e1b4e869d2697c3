package io.ashlar.guard.identity;

import io.ashlar.authz.call.Headers;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.audit.DoorAudit;
import io.ashlar.guard.audit.DoorEvent;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Makes a caller of a proven identity and the header that may go with it. */
@ApplicationScoped
class Callers {

    /** Where an identity keeps who it is: reading a token's claims takes longer than a decision. */
    static final String ATTRIBUTE = "ashlar.caller";

    static final String ON_BEHALF_OF_ROLE = "platform:on-behalf-of";
    private static final String TENANT_CLAIM = "tenant_id";
    private static final String AMR_CLAIM = "amr";

    private final DoorAudit audit;

    Callers(DoorAudit audit) {
        this.audit = audit;
    }

    /**
     * The caller.
     *
     * @param headers all values of {@value Headers#ON_BEHALF_OF}
     * @throws ProblemException if the header is malformed or not for this caller
     */
    Caller of(SecurityIdentity identity, List<String> headers) {
        @Nullable Caller known = identity.getAttribute(ATTRIBUTE);
        Caller caller = known == null ? self(identity) : known;
        if (caller.subject().isEmpty()) {
            throw new ProblemException(DoorError.UNAUTHENTICATED, "the token names no subject");
        }
        return headers.isEmpty() ? caller : actFor(caller, headers);
    }

    /** Who an identity is, before any header; the subject is empty where the token names none. */
    static Caller self(SecurityIdentity identity) {
        @Nullable JsonWebToken token = token(identity);
        @Nullable String subject = token == null ? identity.getPrincipal().getName() : token.getSubject();
        @Nullable UUID tenant = Headers.uuid(token == null ? null : text(token.getClaim(TENANT_CLAIM)))
                .orElse(null);
        return new Caller(
                subject == null ? "" : subject,
                tenant,
                identity.getRoles(),
                texts(token == null ? null : token.getClaim(AMR_CLAIM)),
                null);
    }

    private Caller actFor(Caller service, List<String> headers) {
        String value = headers.size() == 1 ? headers.getFirst() : "";
        OnBehalfOf user = Headers.onBehalfOf(value)
                .orElseThrow(faults -> new ProblemException(
                        DoorError.INVALID_REQUEST, "the header " + Headers.ON_BEHALF_OF + " is not valid", faults));
        if (service.tenant() != null || !service.roles().contains(ON_BEHALF_OF_ROLE)) {
            audit.record(DoorEvent.onBehalfOf(user.tenant(), user.subject(), service.subject(), false));
            throw new ProblemException(DoorError.FORBIDDEN, "the caller may not act for somebody else");
        }
        audit.record(DoorEvent.onBehalfOf(user.tenant(), user.subject(), service.subject(), true));
        return new Caller(user.subject(), user.tenant(), service.roles(), Set.of(), service.subject());
    }

    private static @Nullable JsonWebToken token(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token ? token : null;
    }

    private static @Nullable String text(@Nullable Object claim) {
        return switch (claim) {
            case String text -> text;
            case JsonString text -> text.getString();
            case null, default -> null;
        };
    }

    private static Set<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case JsonArray array ->
                array.stream()
                        .filter(JsonString.class::isInstance)
                        .map(item -> ((JsonString) item).getString())
                        .collect(Collectors.toUnmodifiableSet());
            case Collection<?> items -> items.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
            case null, default -> Set.of();
        };
    }
}
