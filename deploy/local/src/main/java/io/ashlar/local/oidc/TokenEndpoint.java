package io.ashlar.local.oidc;

import com.sun.net.httpserver.HttpExchange;
import io.ashlar.local.oidc.AuthorizationCodes.Grant;
import io.ashlar.local.oidc.Http.Refused;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** {@code POST /token}: three grants (RFC 6749 §4.1, §4.3, §4.4; PKCE by RFC 7636). */
final class TokenEndpoint implements Http.Handler {

    private final Map<String, Client> clients;
    private final Accounts accounts;
    private final AuthorizationCodes<Grant> codes;
    private final Mint mint;

    TokenEndpoint(IssuerSettings settings, Accounts accounts, AuthorizationCodes<Grant> codes, Mint mint) {
        this.clients =
                settings.clients().stream().collect(Collectors.toUnmodifiableMap(Client::id, Function.identity()));
        this.accounts = accounts;
        this.codes = codes;
        this.mint = mint;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, Refused {
        Http.require(exchange, "POST");
        Map<String, String> form = Http.form(exchange);
        Client client = authenticate(exchange, form);
        String grant = Http.parameter(form, "grant_type");
        try {
            Http.json(
                    exchange,
                    200,
                    switch (grant) {
                        case Client.CLIENT_CREDENTIALS -> {
                            allowed(client, grant);
                            yield mint.answer(mint.sign(mint.claims(client)));
                        }
                        case Client.PASSWORD -> {
                            allowed(client, grant);
                            yield password(client, form);
                        }
                        case Client.AUTHORIZATION_CODE -> {
                            allowed(client, grant);
                            yield code(client, form);
                        }
                        default -> throw new Refused(400, "unsupported_grant_type", "grant_type is unknown");
                    });
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    private Client authenticate(HttpExchange exchange, Map<String, String> form) throws Refused {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String id = form.getOrDefault("client_id", "");
        String secret = form.getOrDefault("client_secret", "");
        if (header != null) {
            String[] pair = basic(header);
            if (!id.isEmpty() && !id.equals(pair[0])) {
                throw new Refused(400, "invalid_request", "two different clients");
            }
            id = pair[0];
            secret = pair[1];
        }
        Optional<Client> client = Optional.ofNullable(clients.get(id));
        boolean right = Secrets.same(client.map(Client::secret).orElse("-"), secret);
        if (client.isEmpty() || !right) {
            throw new Refused(401, "invalid_client", "client unknown or secret wrong");
        }
        return client.get();
    }

    private static String[] basic(String header) throws Refused {
        try {
            if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
                String pair = new String(
                        Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                if (colon > 0) {
                    return new String[] {
                        URLDecoder.decode(pair.substring(0, colon), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(colon + 1), StandardCharsets.UTF_8)
                    };
                }
            }
        } catch (IllegalArgumentException malformed) {
            throw new Refused(401, "invalid_client", "malformed Authorization header");
        }
        throw new Refused(401, "invalid_client", "only Basic");
    }

    private static void allowed(Client client, String grant) throws Refused {
        if (!client.grants().contains(grant)) {
            throw new Refused(400, "unauthorized_client", "this client may not use " + grant);
        }
    }

    private Map<String, Object> password(Client client, Map<String, String> form) throws Refused, JoseException {
        Account account = accounts.signIn(Http.parameter(form, "username"), Http.parameter(form, "password"))
                .orElseThrow(() -> new Refused(400, "invalid_grant", "user unknown or password wrong"));
        return mint.answer(mint.sign(mint.claims(account, client)));
    }

    private Map<String, Object> code(Client client, Map<String, String> form) throws Refused, JoseException {
        String redirectUri = Http.parameter(form, "redirect_uri");
        String verifier = Http.parameter(form, "code_verifier");
        // Taken before it is checked: a stolen code is good for one try.
        Grant grant = codes.take(Http.parameter(form, "code"))
                .orElseThrow(() -> new Refused(400, "invalid_grant", "code unknown, used or expired"));
        String challenge = Secrets.base64Url(Secrets.sha256(verifier));
        if (!grant.request().client().id().equals(client.id())
                || !grant.request().redirectUri().equals(redirectUri)
                || !Secrets.same(grant.request().challenge(), challenge)) {
            throw new Refused(400, "invalid_grant", "code was given to another client, address or verifier");
        }
        JwtClaims identity =
                mint.identity(grant.account(), client, grant.request().nonce());
        Map<String, Object> answer = new HashMap<>(mint.answer(mint.sign(mint.claims(grant.account(), client))));
        answer.put("id_token", mint.sign(identity));
        return answer;
    }
}
