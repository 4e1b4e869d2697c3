package io.ashlar.filter.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import io.ashlar.filter.seal.Opened.Reason;
import io.ashlar.filter.seal.SealedQuery.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SealTest {

    @ParameterizedTest
    @EnumSource(Operation.class)
    void whatIsSealedComesOutAgain(Operation op) {
        SealedQuery query = Samples.of(op, Samples.position(), Map.of("ashlar.telemetry.v1", Map.of(0, 12L, 11, 0L)));
        assertEquals(query, opened(Samples.writer().seal(query).text()).query());
    }

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"PAGE", "STREAM", "COUNT", "AGGREGATE"})
    void whatIsExplainedComesOutAgain(Operation op) {
        SealedQuery query = Samples.of(op, null, null);
        SealedQuery explanation =
                opened(Samples.writer().seal(query.toExplain()).text()).query();
        assertEquals(op, explanation.explains());
        assertEquals(query, explanation.explained());
    }

    @Test
    void onlyReadsOfRowsAreExplained() {
        assertThrows(IllegalArgumentException.class, () -> Samples.of(Operation.DESCRIBE, null, null)
                .toExplain());
        assertThrows(IllegalArgumentException.class, () -> Samples.of(Operation.EXPLAIN, null, null)
                .toExplain());
        assertThrows(IllegalStateException.class, () -> Samples.page(null).explained());
    }

    @Test
    void noMaskedFieldIsMeasured() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SealedQuery.aggregate(
                        Samples.TENANT,
                        "ana",
                        Samples.flights(),
                        Samples.aggregate(),
                        null,
                        List.of("delay"),
                        null,
                        1,
                        ""));
    }

    @Test
    void aPositionMayHoldNull() {
        SealedQuery query = Samples.page(Samples.positionAfterNull());
        assertEquals(query, opened(Samples.writer().seal(query).text()).query());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void nothingIsMissing(String seal) {
        assertEquals(Reason.MISSING, refused(seal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "..", "a.b", "a.b.c.d", "e30.e30.e30", "é.é.é"})
    void whatIsNoSealIsRefused(String seal) {
        assertEquals("seal_invalid", refused(seal).code());
    }

    @Test
    void moreThanTheBoundIsRefusedUnread() {
        assertEquals(Reason.TOO_LARGE, refused("A".repeat(SealReader.LENGTH_MAX + 1)));
    }

    @Test
    void aQueryOverTheBoundIsNotSealed() {
        Filter folders = new Filter.Condition(
                "origin",
                Op.IN,
                new Operand.Many(IntStream.range(0, 20_000)
                        .mapToObj(i -> Literal.of("folder-" + i))
                        .collect(Collectors.toList())));
        SealedQuery base = Samples.page(null);
        SealedQuery query = new SealedQuery(
                base.tenant(),
                base.subject(),
                base.op(),
                base.dataset(),
                folders,
                base.sort(),
                base.limit(),
                null,
                base.fields(),
                base.masked(),
                null,
                base.policyVersion(),
                base.planHash());
        assertThrows(IllegalArgumentException.class, () -> Samples.writer().seal(query));
    }

    @Test
    void anExpiredSealIsToldApart() {
        String seal = Samples.writer().seal(Samples.page(null)).text();
        assertEquals(Reason.EXPIRED, refused(at(Duration.ofSeconds(90)), seal));
        assertInstanceOf(Opened.Ok.class, at(Duration.ofSeconds(89)).open(seal));
    }

    @Test
    void aSealFromTheFutureIsRefused() {
        String seal = Samples.writer().seal(Samples.page(null)).text();
        assertEquals(Reason.VALIDITY, refused(at(Duration.ofSeconds(-31)), seal));
        assertInstanceOf(Opened.Ok.class, at(Duration.ofSeconds(-30)).open(seal));
    }

    @Test
    void aSealOfAnUnknownKeyIsRefused() {
        SealKeys other = SealKeys.parse(Samples.KEY.replace("k1:", "k2:"));
        String seal = Samples.writer().seal(Samples.page(null)).text();
        assertEquals(Reason.UNKNOWN_KEY, refused(new SealReader(other, Samples.CLOCK), seal));
    }

    @Test
    void aSealOfAnotherKeyWithTheSameIdIsRefused() {
        SealKeys other = SealKeys.parse("k1:" + Base64.getEncoder().encodeToString(new byte[32]));
        String seal = Samples.writer().seal(Samples.page(null)).text();
        assertEquals(Reason.SIGNATURE, refused(new SealReader(other, Samples.CLOCK), seal));
    }

    @Test
    void thePreviousKeyStillOpens() {
        String fresh = "k2:" + Base64.getEncoder().encodeToString(new byte[32]);
        String seal = Samples.writer().seal(Samples.page(null)).text();
        SealReader rotated = new SealReader(SealKeys.parse(fresh + "," + Samples.KEY), Samples.CLOCK);
        assertInstanceOf(Opened.Ok.class, rotated.open(seal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS384", "HS512", "RS256", "EdDSA", ""})
    void theAlgorithmIsNeverTheTokensChoice(String algorithm) {
        String seal = Samples.writer().seal(Samples.page(null)).text();
        assertEquals(Reason.ALGORITHM, refused(reheaded(seal, header -> header.put("alg", algorithm))));
    }

    @Test
    void anUnsignedTokenIsRefused() {
        String seal = Samples.writer().seal(Samples.page(null)).text();
        String unsigned = reheaded(seal, header -> header.put("alg", "none"));
        assertEquals(
                "seal_invalid",
                refused(unsigned.substring(0, unsigned.lastIndexOf('.') + 1)).code());
    }

    @Test
    void anAsymmetricSignatureIsRefused() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue("RS256");
        jws.setHeader("typ", SealWriter.TYPE);
        jws.setKeyIdHeaderValue("k1");
        jws.setKey(pair.getPrivate());
        jws.setPayload(payload(Samples.writer().seal(Samples.page(null)).text()).toString());
        assertEquals(Reason.ALGORITHM, refused(jws.getCompactSerialization()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crit", "b64", "jwk", "zip", "cty"})
    void aHeaderThatIsNotOursIsRefused(String name) {
        String seal = Samples.writer().seal(Samples.page(null)).text();
        assertEquals(Reason.MALFORMED, refused(reheaded(seal, header -> header.put(name, "x"))));
    }

    @Test
    void anotherTypeOfTokenIsRefused() throws Exception {
        JsonNode claims = payload(Samples.writer().seal(Samples.page(null)).text());
        assertEquals(Reason.MALFORMED, refused(signed("JWT", claims)));
    }

    @Test
    void anotherAudienceIsRefused() throws Exception {
        assertEquals(Reason.AUDIENCE, refused(resigned(claims -> claims.put("aud", "ashlar-export"))));
        assertEquals(Reason.AUDIENCE, refused(resigned(claims -> claims.put("iss", "ashlar-export"))));
    }

    @Test
    void aLongerValidityThanAllowedIsRefused() throws Exception {
        long iat = Samples.NOW.getEpochSecond();
        assertEquals(Reason.VALIDITY, refused(resigned(claims -> claims.put("exp", iat + 61))));
        assertEquals(Reason.VALIDITY, refused(resigned(claims -> claims.put("exp", iat - 1))));
    }

    @Test
    void aClaimThatIsNotUnderstoodIsRefused() throws Exception {
        assertEquals(Reason.CONTENT, refused(resigned(claims -> claims.put("row_limit_per_day", 1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "aud",
                "iat",
                "exp",
                "jti",
                "tenant",
                "sub",
                "op",
                "dataset",
                "filter",
                "sort",
                "limit",
                "position",
                "fields",
                "masked",
                "as_of",
                "policy_version",
                "plan_hash"
            })
    void aMissingOrMistypedClaimIsRefused(String name) throws Exception {
        assertEquals(Reason.CONTENT, refused(resigned(claims -> claims.remove(name))));
        assertEquals(
                Reason.CONTENT, refused(resigned(claims -> claims.putArray(name).addArray())));
    }

    /** Each is in the seals of its operations, and in no other. */
    @Test
    void aClaimOfAnotherOperationIsRefused() throws Exception {
        SealedQuery aggregate = Samples.aggregate(null);
        SealedQuery page = Samples.page(null).toExplain();
        assertEquals(Reason.CONTENT, refused(resigned(claims -> claims.put("explains", "page"))));
        assertEquals(Reason.CONTENT, refused(resigned(claims -> claims.putNull("explains"))));
        assertEquals(Reason.CONTENT, refused(resigned(claims -> claims.putNull("aggregate"))));
        assertEquals(Reason.CONTENT, refused(resigned(aggregate, claims -> claims.remove("aggregate"))));
        assertEquals(Reason.CONTENT, refused(resigned(aggregate, claims -> claims.put("explains", "aggregate"))));
        assertEquals(Reason.CONTENT, refused(resigned(aggregate, claims -> claims.put("op", "count"))));
        assertEquals(Reason.CONTENT, refused(resigned(aggregate, claims -> claims.put("limit", 0))));
        assertEquals(Reason.CONTENT, refused(resigned(aggregate, claims -> claims.putArray("sort"))));
        assertEquals(Reason.CONTENT, refused(resigned(aggregate, claims -> claims.withObject("aggregate")
                .put("cube", true))));
        assertEquals(Reason.CONTENT, refused(resigned(page, claims -> claims.remove("explains"))));
        assertEquals(Reason.CONTENT, refused(resigned(page, claims -> claims.put("explains", "explain"))));
        assertEquals(Reason.CONTENT, refused(resigned(page, claims -> claims.put("explains", "describe"))));
        assertEquals(Reason.CONTENT, refused(resigned(page, claims -> claims.put("explains", "aggregate"))));
        assertEquals(
                Reason.CONTENT, refused(resigned(aggregate.toExplain(), claims -> claims.put("explains", "page"))));
    }

    @Test
    void aPageWithoutLimitIsRefused() throws Exception {
        assertEquals(Reason.CONTENT, refused(resigned(claims -> claims.put("limit", 0))));
        assertEquals(Reason.CONTENT, refused(resigned(claims -> claims.put("limit", SealedQuery.LIMIT_MAX + 1))));
    }

    private static Opened.Ok opened(String seal) {
        return assertInstanceOf(Opened.Ok.class, Samples.reader().open(seal));
    }

    private static Reason refused(String seal) {
        return refused(Samples.reader(), seal);
    }

    private static Reason refused(SealReader reader, String seal) {
        return assertInstanceOf(Opened.Refused.class, reader.open(seal)).reason();
    }

    private static SealReader at(Duration later) {
        Instant instant = Samples.NOW.plus(later);
        return new SealReader(Samples.KEYS, Clock.fixed(instant, ZoneOffset.UTC));
    }

    private static ObjectNode payload(String seal) throws Exception {
        byte[] json = Base64.getUrlDecoder().decode(seal.split("\\.", -1)[1]);
        return (ObjectNode) SealClaims.JSON.readTree(json);
    }

    /** The same seal with other claims, signed with the right key. */
    private static String resigned(Consumer<ObjectNode> change) throws Exception {
        return resigned(Samples.page(null), change);
    }

    private static String resigned(SealedQuery query, Consumer<ObjectNode> change) throws Exception {
        ObjectNode claims = payload(Samples.writer().seal(query).text());
        change.accept(claims);
        return signed(SealWriter.TYPE, claims);
    }

    private static String signed(String type, JsonNode claims) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue("HS256");
        jws.setHeader("typ", type);
        jws.setKeyIdHeaderValue("k1");
        jws.setKey(Samples.KEYS.active());
        jws.setPayload(claims.toString());
        return jws.getCompactSerialization();
    }

    private static String reheaded(String seal, Consumer<ObjectNode> change) {
        String[] parts = seal.split("\\.", -1);
        try {
            ObjectNode header =
                    (ObjectNode) SealClaims.JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
            change.accept(header);
            String text = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(header.toString().getBytes(StandardCharsets.UTF_8));
            return text + "." + parts[1] + "." + parts[2];
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
