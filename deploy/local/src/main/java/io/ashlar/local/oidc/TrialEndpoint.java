package io.ashlar.local.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.ashlar.local.oidc.Http.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * For trials, from this machine and with the secret only: {@code PUT /trial/users/{name}} adds a user,
 * {@code POST /trial/tokens} signs a token with claims that no sign-in would give, {@code POST /trial/keys} puts a new signing key
 * to work, with {@code {withdraw:true}} alone.
 */
final class TrialEndpoint implements Http.Handler {

    static final String SECRET_HEADER = "Ashlar-Trial-Secret";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
    private static final String USERS = "/trial/users/";
    private static final String TOKENS = "/trial/tokens";
    private static final String KEYS = "/trial/keys";
    private static final ObjectMapper JSON = Http.JSON;
    private static final Client ASKING = Client.commandLine("ashlar-trial");

    private final IssuerSettings settings;
    private final Accounts accounts;
    private final Mint mint;

    TrialEndpoint(IssuerSettings settings, Accounts accounts, Mint mint) {
        this.settings = settings;
        this.accounts = accounts;
        this.mint = mint;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, Refused {
        InetAddress caller = exchange.getRemoteAddress().getAddress();
        InetAddress here = exchange.getLocalAddress().getAddress();
        String secret = exchange.getRequestHeaders().getFirst(SECRET_HEADER);
        boolean local = caller.isLoopbackAddress() || caller.equals(here);
        if (!local || secret == null || !Secrets.same(settings.trialSecret(), secret)) {
            throw new Refused(403, "access_denied", "only from this machine, with " + SECRET_HEADER);
        }
        String path = exchange.getRequestURI().getPath();
        JsonNode body = read(exchange);
        if (path.startsWith(USERS)) {
            Http.require(exchange, "PUT");
            putUser(exchange, path.substring(USERS.length()), body);
        } else if (path.equals(TOKENS)) {
            Http.require(exchange, "POST");
            token(exchange, body);
        } else if (path.equals(KEYS)) {
            Http.require(exchange, "POST");
            rotate(exchange, body.path("withdraw").asBoolean(false));
        } else {
            throw new Refused(404, "invalid_request", "no such trial endpoint");
        }
    }

    private static JsonNode read(HttpExchange exchange) throws IOException, Refused {
        try {
            JsonNode body = JSON.readTree(Http.body(exchange));
            if (body == null || !body.isObject()) {
                throw new Refused(400, "invalid_request", "the body must be a JSON object");
            }
            return body;
        } catch (JsonProcessingException malformed) {
            throw new Refused(400, "invalid_request", "the body is not JSON");
        }
    }

    private void putUser(HttpExchange exchange, String name, JsonNode body) throws IOException, Refused {
        if (!NAME.matcher(name).matches()) {
            throw new Refused(400, "invalid_request", "name must match " + NAME);
        }
        try {
            Account account = JSON.treeToValue(((ObjectNode) body).put("name", name), Account.class);
            if (account.password() == null || account.sub() == null) {
                throw new Refused(400, "invalid_request", "password and sub are needed");
            }
            if (account.tenantId() != null) {
                UUID.fromString(account.tenantId());
            }
            accounts.put(account);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Refused(400, "invalid_request", "not a user: " + e.getMessage());
        }
        exchange.sendResponseHeaders(204, -1);
    }

    private void rotate(HttpExchange exchange, boolean withdraw) throws IOException {
        try {
            if (withdraw) {
                mint.withdraw();
            } else {
                mint.rotate();
            }
        } catch (JoseException e) {
            throw new IllegalStateException("no new key", e);
        }
        exchange.sendResponseHeaders(204, -1);
    }

    /** {@code {user, lifetime_seconds?, claims?}}; a null claim is removed. */
    private void token(HttpExchange exchange, JsonNode body) throws IOException, Refused {
        Account account = accounts.find(body.path("user").asText())
                .orElseThrow(() -> new Refused(400, "invalid_request", "user unknown"));
        JwtClaims claims = mint.claims(account, ASKING);
        long lifetime = body.path("lifetime_seconds").asLong(settings.tokenSeconds());
        long now = NumericDate.now().getValue();
        if (lifetime < 0) {
            claims.setIssuedAt(NumericDate.fromSeconds(now + lifetime - settings.tokenSeconds()));
        }
        claims.setExpirationTime(NumericDate.fromSeconds(now + lifetime));
        for (Map.Entry<String, JsonNode> claim : body.path("claims").properties()) {
            if (claim.getValue().isNull()) {
                claims.unsetClaim(claim.getKey());
            } else {
                claims.setClaim(claim.getKey(), JSON.convertValue(claim.getValue(), Object.class));
            }
        }
        try {
            Http.json(exchange, 200, mint.answer(mint.sign(claims)));
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }
}
