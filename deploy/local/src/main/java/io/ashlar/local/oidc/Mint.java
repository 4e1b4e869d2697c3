package io.ashlar.local.oidc;

import io.ashlar.local.process.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Signs tokens with one RSA key that is kept in a file, so that tokens outlive a restart. Thread-safe. */
final class Mint {

    private static final int KEY_BITS = 2_048;

    private final IssuerSettings settings;
    private final RsaJsonWebKey key;

    private Mint(IssuerSettings settings, RsaJsonWebKey key) {
        this.settings = settings;
        this.key = key;
    }

    static Mint load(IssuerSettings settings, Path file) throws IOException, JoseException {
        if (Files.isRegularFile(file)) {
            return new Mint(settings, (RsaJsonWebKey) org.jose4j.jwk.JsonWebKey.Factory.newJwk(Files.readString(file)));
        }
        RsaJsonWebKey fresh = RsaJwkGenerator.generateJwk(KEY_BITS);
        fresh.setKeyId(Secrets.random());
        fresh.setUse("sig");
        fresh.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        Directories.writeSecret(
                file, fresh.toJson(OutputControlLevel.INCLUDE_PRIVATE).getBytes(StandardCharsets.UTF_8));
        return new Mint(settings, fresh);
    }

    /** The public half as a key set. */
    String keySet() {
        return "{\"keys\":[" + key.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}";
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
