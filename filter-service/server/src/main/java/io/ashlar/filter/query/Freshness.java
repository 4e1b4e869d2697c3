package io.ashlar.filter.query;

import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.Consistency.Level;
import io.ashlar.authz.call.Headers;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.ParsedToken;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the client asks for, joined with what its last page had seen; and what it is told. */
public final class Freshness {

    private Freshness() {}

    /** An answer that nobody may keep, with what was given in its headers. */
    public static Response answered(Object answer, String consistency, @Nullable String token) {
        Response.ResponseBuilder response = Response.ok(answer)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(Headers.CONSISTENCY, consistency);
        if (token != null) {
            response.header(Headers.CONSISTENCY_TOKEN, token);
        }
        return response.build();
    }

    /**
     * The consistency of a page that follows another: never older than that one, whatever was asked for.
     *
     * @param held the token of the page before, from the cursor; null if there was none
     */
    public static Consistency following(Consistency asked, @Nullable String held, UUID tenant) {
        String sent = asked.token();
        if (sent != null) {
            sent = checked(sent, tenant).text();
        }
        String token = merged(sent, held);
        if (token == null) {
            return asked;
        }
        Level level = asked.level() == Level.EVENTUAL ? Level.SESSION : asked.level();
        return new Consistency(level, asked.maxStaleness(), token);
    }

    /** Where both hold; either may be null. */
    public static @Nullable String merged(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        if (ConsistencyToken.parse(one) instanceof ParsedToken.Ok(ConsistencyToken left)
                && ConsistencyToken.parse(other) instanceof ParsedToken.Ok(ConsistencyToken right)) {
            try {
                return left.merge(right).text();
            } catch (IllegalArgumentException overABound) {
                throw invalid("The token and the cursor together are over a bound: " + overABound.getMessage() + ".");
            }
        }
        throw new IllegalStateException("a token of the router's or of a cursor's cannot be read");
    }

    private static ConsistencyToken checked(String text, UUID tenant) {
        ConsistencyToken token =
                switch (ConsistencyToken.parse(text)) {
                    case ParsedToken.Ok(ConsistencyToken ok) -> ok;
                    case ParsedToken.Invalid(String reason) -> throw invalid(reason);
                };
        if (token.tenant() != null && !tenant.equals(token.tenant())) {
            throw new ProblemException(FilterError.TENANT_MISMATCH, "The consistency token belongs to another tenant.");
        }
        return token;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(
                DoorError.INVALID_REQUEST,
                "The consistency token cannot be used.",
                List.of(new Fault("invalid_token", "header:" + Headers.CONSISTENCY_TOKEN, detail)));
    }
}
