package io.ashlar.filter.impact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.impact.ImpactResult.Decides;
import io.ashlar.filter.impact.ImpactResult.Difference;
import io.ashlar.filter.impact.ImpactResult.Question;
import io.ashlar.filter.impact.ImpactResult.Subject;
import io.ashlar.filter.impact.ImpactVerifier.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/** Impacts are written and read as ever, and nothing that was altered is believed. */
final class ImpactVerifierTest {

    /** RFC 8032, 7.1: the secret keys of tests 1 and 2. */
    private static final String KEYS =
            "k2:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A,k1:TM0Imyj_ltqdtsNG7BFODKEeB_aZhJcoV6RlUoWy4Qk";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ImpactResult sample() {
        return new ImpactResult(
                UUID.fromString("11111111-1111-4111-8111-111111111111"),
                "flights",
                3,
                "boss",
                Instant.parse("2026-11-21T12:00:00.000001Z"),
                "v1.e30",
                List.of(
                        new Subject(
                                "ana",
                                "sha256:" + "0".repeat(64),
                                "sha256:" + "1".repeat(64),
                                new Difference(0, List.of(), List.of()),
                                new Difference(
                                        2,
                                        List.of(JSON.createObjectNode()
                                                .put("id", "flight:é1")
                                                .put("part", new BigDecimal("1.50"))),
                                        List.of("distance"))),
                        new Subject(
                                "ben",
                                "sha256:" + "2".repeat(64),
                                "sha256:" + "2".repeat(64),
                                new Difference(0, List.of(), List.of()),
                                new Difference(0, List.of(), List.of()))));
    }

    @Test
    void theSignedFormIsWrittenAsEver() throws IOException {
        ImpactKeys.Signed signed = ImpactKeys.parse(KEYS).sign(sample());
        assertEquals(golden("impact-v1.jws"), signed.jws());
        assertEquals(golden("impact-keys-v1.jwks.json"), ImpactKeys.parse(KEYS).jwks());
        String payload =
                new String(Base64.getUrlDecoder().decode(signed.jws().split("\\.", -1)[1]), StandardCharsets.UTF_8);
        assertEquals(payload, signed.payload().toString());
    }

    @Test
    void theSignedFormIsReadAsEver() throws IOException {
        Verified verified = new ImpactVerifier(golden("impact-keys-v1.jwks.json")).verify(golden("impact-v1.jws"));
        Verified.Genuine genuine = assertInstanceOf(Verified.Genuine.class, verified);
        assertEquals("k2", genuine.kid());
        assertEquals(sample().toString(), genuine.result().toString());
        assertFalse(genuine.result().gains());
        assertTrue(genuine.result().loses());
    }

    /** Of a server that says what was planned, besides what one before it said. */
    @Test
    void theFormThatSaysWhatWasPlannedIsWrittenAndReadAsEver() throws IOException {
        assertEquals(
                golden("impact-v1-question.jws"),
                ImpactKeys.parse(KEYS).sign(planned()).jws());
        Verified verified =
                new ImpactVerifier(golden("impact-keys-v1.jwks.json")).verify(golden("impact-v1-question.jws"));
        Verified.Genuine genuine = assertInstanceOf(Verified.Genuine.class, verified);
        assertEquals(planned().toString(), genuine.result().toString());
    }

    private static ImpactResult planned() {
        ImpactResult sample = sample();
        Subject first = sample.subjects().getFirst();
        return new ImpactResult(
                sample.tenant(),
                sample.dataset(),
                sample.datasetVersion(),
                sample.askedBy(),
                sample.askedAt(),
                sample.asOf(),
                new Question(
                        "read",
                        "Flight",
                        List.of(
                                new PlanField("id", "public", FieldType.STRING).asId(),
                                new PlanField("distance", "internal", FieldType.INT64))),
                List.of(new Subject(
                        first.subject(),
                        first.before(),
                        first.after(),
                        new Decides("sha256:" + "3".repeat(64), "sha256:" + "4".repeat(64)),
                        first.gained(),
                        first.lost())));
    }

    @Test
    void aQuestionThatCannotBeReadIsRefused() {
        String payload = new String(ImpactJson.write(planned()), StandardCharsets.UTF_8);
        for (String other : List.of(
                payload.replace("\"resource_type\":\"Flight\",", ""),
                payload.replace("\"type\":\"int64\"", "\"type\":\"int65\""),
                payload.replace("\"fields\":[{\"path\":\"id\"", "\"fields\":[{\"path\":7"))) {
            assertNotEquals(payload, other);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ImpactJson.read(other.getBytes(StandardCharsets.UTF_8)),
                    other);
        }
    }

    @Test
    void whatThePreviousKeySignedIsGenuineStill() {
        String[] entries = KEYS.split(",", -1);
        String old = ImpactKeys.parse(entries[1]).sign(sample()).jws();
        assertInstanceOf(
                Verified.Genuine.class,
                new ImpactVerifier(ImpactKeys.parse(KEYS).jwks()).verify(old));
        assertInstanceOf(
                Verified.Refused.class,
                new ImpactVerifier(ImpactKeys.parse(entries[0]).jwks()).verify(old));
    }

    @Test
    void noCharacterCanBeAltered() throws IOException {
        ImpactVerifier verifier = new ImpactVerifier(golden("impact-keys-v1.jwks.json"));
        String genuine = golden("impact-v1.jws");
        int signature = genuine.lastIndexOf('.');
        for (int i = 0; i < signature; i += 7) {
            char other = genuine.charAt(i) == 'A' ? 'B' : 'A';
            String altered = genuine.substring(0, i) + other + genuine.substring(i + 1);
            assertNotEquals(genuine, altered);
            assertInstanceOf(Verified.Refused.class, verifier.verify(altered), altered);
        }
    }

    @Test
    void anotherAlgorithmAndAnotherKindAreRefused() throws IOException, JoseException {
        ImpactVerifier verifier = new ImpactVerifier(golden("impact-keys-v1.jwks.json"));
        JsonWebSignature mac = new JsonWebSignature();
        mac.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        mac.setKeyIdHeaderValue("k2");
        mac.setHeader("typ", ImpactKeys.TYPE);
        mac.setPayloadBytes(ImpactJson.write(sample()));
        mac.setKey(new HmacKey(new byte[32]));
        assertInstanceOf(Verified.Refused.class, verifier.verify(mac.getCompactSerialization()));
        for (String text : List.of("", ".", "..", "a.b.c", "{}", "\u0000", golden("impact-v1.jws") + "x")) {
            assertInstanceOf(Verified.Refused.class, verifier.verify(text), text);
        }
        assertThrows(IllegalArgumentException.class, () -> new ImpactVerifier("{}"));
        assertThrows(IllegalArgumentException.class, () -> new ImpactVerifier("{\"keys\":[]}"));
    }

    @Test
    void aPayloadOfAnotherVersionOrWithMoreInItIsRefused() {
        String payload = new String(ImpactJson.write(sample()), StandardCharsets.UTF_8);
        for (String other : List.of(
                payload.replace("\"v\":1", "\"v\":2"),
                payload.replace("\"v\":1", "\"v\":1,\"except\":true"),
                payload.replace("\"rows\":2", "\"rows\":3"),
                payload.replace("\"boss\"", "7"),
                "[]",
                "{")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ImpactJson.read(other.getBytes(StandardCharsets.UTF_8)),
                    other);
        }
    }

    @Test
    void keysAreNeverPrinted() {
        assertEquals("ImpactKeys[k2, k1]", ImpactKeys.parse(KEYS).toString());
        assertThrows(IllegalArgumentException.class, () -> ImpactKeys.parse("k:c2hvcnQ="));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ImpactVerifierTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
