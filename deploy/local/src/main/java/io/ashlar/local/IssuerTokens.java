package io.ashlar.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Asks the issuer over HTTP, one short connection each. */
final class IssuerTokens implements Tokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int FORGER_KEY_BITS = 2_048;

    private final Endpoints endpoints;

    IssuerTokens(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public String user(String name) {
        String password = endpoints.secrets().userPasswords().get(name);
        if (password == null) {
            throw new IllegalArgumentException("no user " + name + " among "
                    + endpoints.secrets().userPasswords().keySet().stream()
                            .sorted()
                            .toList());
        }
        return user(name, password);
    }

    @Override
    public String user(String name, String password) {
        return grant(Map.of(
                "grant_type",
                "password",
                "client_id",
                TrialAccounts.COMMAND_LINE,
                "username",
                name,
                "password",
                password));
    }

    @Override
    public String service(String clientId) {
        String secret = endpoints.secrets().clientSecrets().get(clientId);
        if (secret == null) {
            throw new IllegalArgumentException("no client " + clientId + " among "
                    + endpoints.secrets().clientSecrets().keySet().stream()
                            .sorted()
                            .toList());
        }
        return grant(Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret));
    }

    @Override
    public String expired(String name) {
        return changed(name, Map.of(), Duration.ofHours(-1));
    }

    @Override
    public String forged(String name) {
        String token = user(name);
        String signed = token.substring(0, token.lastIndexOf('.'));
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(FORGER_KEY_BITS);
            PrivateKey key = generator.generateKeyPair().getPrivate();
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String changed(String name, Map<String, ?> claims, Duration lifetime) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("user", name);
        wanted.put("lifetime_seconds", lifetime.toSeconds());
        wanted.put("claims", claims);
        return trial("POST", "/trial/tokens", wanted).path("access_token").asText();
    }

    @Override
    public void putUser(TrialUser user) {
        JsonNode body = JSON.valueToTree(user);
        trial("PUT", "/trial/users/" + URLEncoder.encode(user.name(), StandardCharsets.UTF_8), body);
    }

    @Override
    public void rotateKey() {
        if (endpoints.issuer().contains(RealmKeys.REALMS)) {
            new RealmKeys(endpoints).rotate();
        } else {
            trial("POST", "/trial/keys", Map.of());
        }
    }

    @Override
    public void withdrawKeys() {
        trial("POST", "/trial/keys", Map.of("withdraw", true));
    }

    @Override
    public String exchangeable(String name) {
        return grant(Map.of(
                "grant_type",
                "password",
                "client_id",
                TrialAccounts.COMMAND_LINE,
                "username",
                name,
                "password",
                Objects.requireNonNull(endpoints.secrets().userPasswords().get(name), name),
                "scope",
                "ashlar-exchange"));
    }

    @Override
    public String exchanged(String clientId, String userToken) {
        return grant(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id",
                clientId,
                "client_secret",
                Objects.requireNonNull(endpoints.secrets().clientSecrets().get(clientId), clientId),
                "subject_token",
                userToken,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token"));
    }

    private String grant(Map<String, String> form) {
        return grant(endpoints.tokenUrl(), form);
    }

    static String grant(String tokenUrl, Map<String, String> form) {
        String encoded = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return ask(
                        "POST",
                        URI.create(tokenUrl),
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        encoded.getBytes(StandardCharsets.UTF_8))
                .path("access_token")
                .asText();
    }

    private JsonNode trial(String method, String path, Object body) {
        try {
            return ask(
                    method,
                    URI.create(endpoints.issuer() + path),
                    Map.of(
                            "Content-Type",
                            "application/json",
                            "Ashlar-Trial-Secret",
                            endpoints.secrets().trialSecret()),
                    JSON.writeValueAsBytes(body));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    static JsonNode ask(String method, URI url, Map<String, String> headers, byte[] body) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestMethod(method);
            headers.forEach(connection::setRequestProperty);
            connection.setDoOutput(true);
            connection.getOutputStream().write(body);
            int status = connection.getResponseCode();
            try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                byte[] answer = in == null ? new byte[0] : in.readAllBytes();
                if (status >= 400) {
                    throw new StackException(
                            url + " answered " + status + ": " + new String(answer, StandardCharsets.UTF_8));
                }
                return answer.length == 0 ? JSON.createObjectNode() : JSON.readTree(answer);
            }
        } catch (IOException e) {
            throw new StackException("cannot ask " + url + ": " + e.getMessage(), e);
        }
    }
}
