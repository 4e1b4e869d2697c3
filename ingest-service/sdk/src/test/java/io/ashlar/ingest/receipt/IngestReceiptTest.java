package io.ashlar.ingest.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.ingest.receipt.ReceiptVerifier.Verified;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class IngestReceiptTest {

    private static final String OLD = "old:" + Base64.getEncoder().encodeToString(new byte[32]);
    private static final String NEW = "new:"
            + Base64.getEncoder()
                    .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private static IngestReceipt sample() {
        TreeMap<Integer, Long> vector = new TreeMap<>();
        vector.put(0, 12L);
        vector.put(11, 3L);
        TreeMap<String, SortedMap<Integer, Long>> offsets = new TreeMap<>();
        offsets.put("ashlar.telemetry.v1", vector);
        return new IngestReceipt(
                "key-1",
                UUID.fromString("11111111-2222-3333-4444-555555555555"),
                "ana",
                5,
                1,
                "sha256:" + "a".repeat(64),
                offsets,
                Instant.parse("2001-01-01T10:00:00.123456Z"));
    }

    /** Ed25519 is deterministic (RFC 8032), so the whole receipt is frozen. */
    @Test
    void receiptIsFrozen() throws IOException {
        assertThat(new String(sample().write(), StandardCharsets.UTF_8)).isEqualTo(golden("receipt.v1.json"));
        assertThat(new ReceiptSigner(ReceiptKeys.parse(OLD)).sign(sample())).isEqualTo(golden("receipt.v1.jws"));
    }

    /** RFC 8032, section 7.1, test 1: the public key of a known seed. */
    @Test
    void seedGivesTheKeyOfRfc8032() {
        String seed = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
        assertThat(ReceiptKeys.parse("k:" + seed).jwks()).contains("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }

    @Test
    void keysRotate() {
        ReceiptKeys both = ReceiptKeys.parse(NEW + "," + OLD);
        ReceiptVerifier verifier = new ReceiptVerifier(both.jwks());
        String byNew = new ReceiptSigner(both).sign(sample());
        String byOld = new ReceiptSigner(ReceiptKeys.parse(OLD)).sign(sample());
        assertThat(verifier.verify(byNew)).isEqualTo(new Verified.Ok(sample(), "new"));
        assertThat(verifier.verify(byOld)).isEqualTo(new Verified.Ok(sample(), "old"));
        assertThat(new ReceiptVerifier(ReceiptKeys.parse(OLD).jwks()).verify(byNew))
                .isInstanceOf(Verified.Refused.class);
    }

    @Property(tries = 200)
    void everyChangedCharacterIsSeen(@ForAll @IntRange(min = 0, max = 2_000) int at) {
        ReceiptKeys keys = ReceiptKeys.parse(OLD);
        String jws = new ReceiptSigner(keys).sign(sample());
        int place = at % (jws.length() - 1);
        char changed = jws.charAt(place) == 'A' ? 'B' : 'A';
        String forged = jws.substring(0, place) + changed + jws.substring(place + 1);
        assertThat(new ReceiptVerifier(keys.jwks()).verify(forged)).isInstanceOf(Verified.Refused.class);
    }

    @Test
    void whatIsNoReceiptIsRefused() {
        ReceiptVerifier verifier = new ReceiptVerifier(ReceiptKeys.parse(OLD).jwks());
        for (String bad : new String[] {"", "a.b.c", "x", "eyJhbGciOiJub25lIn0.e30.", "a".repeat(20_000)}) {
            assertThat(verifier.verify(bad)).as(bad).isInstanceOf(Verified.Refused.class);
        }
    }

    @Test
    void badKeysAreNamedWithoutTheirValue() {
        assertThatThrownBy(() -> ReceiptKeys.parse("k:c2hvcnQ=")).hasMessageContaining("k has 5 bytes");
        assertThatThrownBy(() -> ReceiptKeys.parse("nothing")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReceiptKeys.parse(OLD + "," + OLD)).hasMessageContaining("twice");
        assertThat(ReceiptKeys.parse(OLD)).hasToString("ReceiptKeys[old]");
    }

    @Test
    void bothAlphabetsOfBase64AreKeys() {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 0xfb);
        String padded = Base64.getEncoder().encodeToString(seed);
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(seed);
        assertThat(url).isNotEqualTo(padded);
        assertThat(ReceiptKeys.parse("k:" + url).jwks())
                .isEqualTo(ReceiptKeys.parse("k:" + padded).jwks());
    }

    private String golden(String name) throws IOException {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("/golden/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
