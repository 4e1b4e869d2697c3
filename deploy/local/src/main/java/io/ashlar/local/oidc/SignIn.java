package io.ashlar.local.oidc;

import com.sun.net.httpserver.HttpExchange;
import io.ashlar.local.oidc.AuthorizationCodes.Grant;
import io.ashlar.local.oidc.AuthorizationCodes.Request;
import io.ashlar.local.oidc.Http.Refused;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code GET /authorize} shows a page to sign in on, {@code POST /authorize} takes it. The request waits on the server
 * under an id that is both in the form and in a cookie, so that nobody can make another's browser sign in.
 */
final class SignIn implements Http.Handler {

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int MAX_ECHOED = 2_048;
    private static final String COOKIE = "ashlar_sign_in";

    private final IssuerSettings settings;
    private final Accounts accounts;
    private final AuthorizationCodes<Grant> codes;
    private final AuthorizationCodes<Request> waiting;

    SignIn(IssuerSettings settings, Accounts accounts, AuthorizationCodes<Grant> codes) {
        this.settings = settings;
        this.accounts = accounts;
        this.codes = codes;
        this.waiting = new AuthorizationCodes<>(Duration.ofMinutes(10), InstantSource.system());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, Refused {
        switch (exchange.getRequestMethod()) {
            case "GET" -> ask(exchange);
            case "POST" -> answer(exchange);
            default -> throw new Refused(405, "invalid_request", "only GET and POST");
        }
    }

    private void ask(HttpExchange exchange) throws IOException, Refused {
        Map<String, String> query = Http.query(exchange);
        String clientId = Http.parameter(query, "client_id");
        Client client = settings.clients().stream()
                .filter(known -> known.id().equals(clientId) && known.grants().contains(Client.AUTHORIZATION_CODE))
                .findFirst()
                .orElseThrow(() -> new Refused(400, "unauthorized_client", "client unknown or without this grant"));
        String redirectUri = Http.parameter(query, "redirect_uri");
        if (!client.mayRedirectTo(redirectUri)) {
            // Never redirected to: the address itself is what cannot be trusted.
            throw new Refused(400, "invalid_request", "redirect_uri is not one of this client's");
        }
        Optional<String> fault = fault(query);
        if (fault.isPresent()) {
            redirect(exchange, redirectUri, Map.of("error", fault.get(), "state", query.getOrDefault("state", "")));
            return;
        }
        Request request =
                new Request(client, redirectUri, query.get("state"), query.get("nonce"), query.get("code_challenge"));
        page(exchange, 200, waiting.put(request), request, "");
    }

    private static Optional<String> fault(Map<String, String> query) {
        if (!"code".equals(query.get("response_type"))) {
            return Optional.of("unsupported_response_type");
        }
        String state = query.getOrDefault("state", "");
        boolean pkce = "S256".equals(query.get("code_challenge_method"))
                && CHALLENGE.matcher(query.getOrDefault("code_challenge", "")).matches();
        boolean echoed = !state.isEmpty()
                && state.length() <= MAX_ECHOED
                && query.getOrDefault("nonce", "").length() <= MAX_ECHOED;
        return pkce && echoed ? Optional.empty() : Optional.of("invalid_request");
    }

    private void answer(HttpExchange exchange) throws IOException, Refused {
        Map<String, String> form = Http.form(exchange);
        String id = Http.parameter(form, "request");
        if (!Secrets.same(cookie(exchange), id)) {
            throw new Refused(400, "invalid_request", "this sign-in was not started in this browser");
        }
        Request request = waiting.take(id)
                .orElseThrow(() -> new Refused(400, "invalid_request", "this sign-in has expired; start again"));
        Optional<Account> account =
                accounts.signIn(form.getOrDefault("username", ""), form.getOrDefault("password", ""));
        if (account.isEmpty()) {
            page(exchange, 401, waiting.put(request), request, "Name or password is wrong.");
            return;
        }
        String code = codes.put(new Grant(request, account.get()));
        redirect(
                exchange,
                request.redirectUri(),
                Map.of("code", code, "state", request.state(), "iss", settings.issuer()));
    }

    private static String cookie(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Cookie");
        if (header == null) {
            return "";
        }
        for (String pair : header.split(";", -1)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(COOKIE)) {
                return parts[1];
            }
        }
        return "";
    }

    private static void redirect(HttpExchange exchange, String uri, Map<String, String> parameters) throws IOException {
        StringBuilder target = new StringBuilder(uri).append('?');
        parameters.forEach((name, value) -> target.append(target.charAt(target.length() - 1) == '?' ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        exchange.getResponseHeaders().set("Location", target.toString());
        Http.send(exchange, 303, "text/plain", new byte[0]);
    }

    private static void page(HttpExchange exchange, int status, String id, Request request, String problem)
            throws IOException {
        URI back = URI.create(request.redirectUri());
        HttpCookie cookie = new HttpCookie(COOKIE, id);
        exchange.getResponseHeaders()
                .set(
                        "Set-Cookie",
                        cookie.getName() + "=" + id + "; Path=/authorize; HttpOnly; SameSite=Lax; Max-Age=600");
        exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; "
                                + "form-action 'self' " + back.getScheme() + "://" + back.getAuthority());
        String html = """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>Sign in to Ashlar</title>
                <style>
                  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 22rem; margin: 15vh auto; padding: 0 1rem }
                  label, input, button { display: block; width: 100%%; box-sizing: border-box }
                  input, button { font: inherit; padding: .5rem; margin: .25rem 0 1rem }
                  [role=alert] { color: #a00 }
                </style>
                <h1>Sign in to Ashlar</h1>
                <p role="alert">%s</p>
                <form method="post" action="/authorize">
                  <input type="hidden" name="request" value="%s">
                  <label for="username">Name</label>
                  <input id="username" name="username" autocomplete="username" required autofocus>
                  <label for="password">Password</label>
                  <input id="password" name="password" type="password" autocomplete="current-password" required>
                  <button>Sign in</button>
                </form>
                </html>
                """.formatted(problem, id);
        Http.send(exchange, status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }
}
