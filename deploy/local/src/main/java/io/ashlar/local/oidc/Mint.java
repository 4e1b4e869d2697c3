package io.ashlar.local.oidc;

import io.ashlar.local.process.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Signs tokens with the newest of its RSA keys; the {@value #KEYS_MAX} newest are published, so that what older ones signed is good
 * until it expires. They are kept in a file, so that tokens outlive a restart. Thread-safe.
 */
final class Mint {

    private static final int KEY_BITS = 2_048;
    private static final int KEYS_MAX = 16;

    private final IssuerSettings settings;
    private final Path file;
    private volatile List<RsaJsonWebKey> keys;

    private Mint(IssuerSettings settings, Path file, List<RsaJsonWebKey> keys) {
        this.settings = settings;
        this.file = file;
        this.keys = List.copyOf(keys);
    }

    static Mint load(IssuerSettings settings, Path file) throws IOException, JoseException {
        if (Files.isRegularFile(file)) {
            String text = Files.readString(file);
            if (!Http.JSON.readTree(text).has("keys")) {
                // As it was kept when there was one.
                return new Mint(settings, file, List.of((RsaJsonWebKey) JsonWebKey.Factory.newJwk(text)));
            }
            List<RsaJsonWebKey> keys = new ArrayList<>();
            for (JsonWebKey key : new JsonWebKeySet(text).getJsonWebKeys()) {
                keys.add((RsaJsonWebKey) key);
            }
            return new Mint(settings, file, keys);
        }
        Mint mint = new Mint(settings, file, List.of());
        mint.rotate();
        return mint;
    }

    /** From now on a new key signs; those before it are published still. */
    void rotate() throws IOException, JoseException {
        renew(KEYS_MAX - 1);
    }

    /** From now on a new key signs, and no other is published: what others signed is good no more. */
    void withdraw() throws IOException, JoseException {
        renew(0);
    }

    private synchronized void renew(int kept) throws IOException, JoseException {
        RsaJsonWebKey fresh = RsaJwkGenerator.generateJwk(KEY_BITS);
        fresh.setKeyId(Secrets.random());
        fresh.setUse("sig");
        fresh.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        List<RsaJsonWebKey> more = new ArrayList<>(List.of(fresh));
        more.addAll(keys.subList(0, Math.min(keys.size(), kept)));
        Directories.writeSecret(
                file,
                new JsonWebKeySet(more)
                        .toJson(OutputControlLevel.INCLUDE_PRIVATE)
                        .getBytes(StandardCharsets.UTF_8));
        keys = List.copyOf(more);
    }

    /** The public halves as a key set. */
    String keySet() {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    Duration lifetime() {
        return Duration.ofSeconds(settings.tokenSeconds());
    }

    /** Claims of a person's access token. */
    JwtClaims claims(Account account, Client client) {
        JwtClaims claims = common(account.sub(), account.name(), client);
        if (account.tenantId() != null) {
            claims.setStringClaim("tenant_id", account.tenantId());
        }
        claims.setStringListClaim("roles", account.roles());
        claims.setStringListClaim("amr", account.amr());
        return claims;
    }

    /** Claims of a service account's access token. */
    JwtClaims claims(Client client) {
        JwtClaims claims = common(client.id(), client.id(), client);
        claims.setStringListClaim("roles", client.roles());
        return claims;
    }

    /** Who signed in, for the page that asked (OpenID Connect Core §2). */
    JwtClaims identity(Account account, Client client, @Nullable String nonce) {
        JwtClaims claims = claims(account, client);
        claims.setAudience(client.id());
        if (nonce != null) {
            claims.setStringClaim("nonce", nonce);
        }
        return claims;
    }

    private JwtClaims common(String sub, String name, Client client) {
        JwtClaims claims = new JwtClaims();
        NumericDate now = NumericDate.now();
        claims.setIssuer(settings.issuer());
        claims.setSubject(sub);
        claims.setAudience(settings.audience());
        claims.setIssuedAt(now);
        claims.setExpirationTime(NumericDate.fromSeconds(now.getValue() + settings.tokenSeconds()));
        claims.setGeneratedJwtId();
        claims.setStringClaim("preferred_username", name);
        claims.setStringClaim("azp", client.id());
        claims.setStringClaim("client_id", client.id());
        return claims;
    }

    String sign(JwtClaims claims) throws JoseException {
        RsaJsonWebKey key = keys.getFirst();
        JsonWebSignature signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }

    /** What the token endpoint answers. */
    Map<String, Object> answer(String accessToken) {
        return Map.of("access_token", accessToken, "token_type", "Bearer", "expires_in", settings.tokenSeconds());
    }
}
