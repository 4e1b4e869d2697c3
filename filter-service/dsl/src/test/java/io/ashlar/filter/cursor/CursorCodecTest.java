package io.ashlar.filter.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.filter.cursor.Opened.Reason;
import io.ashlar.filter.dsl.Literal;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CursorCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final CursorBinding BINDING =
            new CursorBinding(new UUID(1, 2), "flights", 3, "sha256:0123456789abcdef");
    private static final CursorState STATE = new CursorState(
            Arrays.asList(
                    Literal.of("2001-01-01T10:00:00.000000Z"),
                    null,
                    Literal.of(-12),
                    Literal.of(true),
                    Literal.of(new BigDecimal("0.1000000000000000055511151231257827")),
                    Literal.of("flight:é😀")),
            "v1.eyJpIjoxfQ",
            NOW.plusSeconds(3600));

    @Test
    void aCursorOfVersionOneIsReadForEver() throws IOException {
        CursorCodec fixed = new CursorCodec(keys("k1:" + key(7)), InstantSource.fixed(NOW), () ->
                new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        String golden = golden();
        assertThat(fixed.seal(STATE, BINDING)).isEqualTo(golden);
        assertThat(fixed.open(golden, BINDING)).isEqualTo(new Opened.Ok(STATE));
    }

    @Test
    void everySingleBitCounts() {
        CursorCodec codec = codec("k1:" + key(1));
        String cursor = codec.seal(STATE, BINDING);
        byte[] bytes = cursor.getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] bent = bytes.clone();
            bent[bit / 8] ^= (byte) (1 << bit % 8);
            String text = new String(bent, StandardCharsets.ISO_8859_1);
            assertThat(codec.open(text, BINDING)).as("bit %s", bit).isInstanceOf(Opened.Invalid.class);
        }
    }

    @Test
    void everyCutAndEveryAppendedCharacterCounts() {
        CursorCodec codec = codec("k1:" + key(1));
        String cursor = codec.seal(STATE, BINDING);
        for (int length = 0; length < cursor.length(); length++) {
            assertThat(codec.open(cursor.substring(0, length), BINDING)).isInstanceOf(Opened.Invalid.class);
        }
        for (char c = 0; c < 256; c++) {
            assertThat(codec.open(cursor + c, BINDING)).isInstanceOf(Opened.Invalid.class);
        }
    }

    @Test
    void aCursorOpensForNothingElse() {
        CursorCodec codec = codec("k1:" + key(1));
        String cursor = codec.seal(STATE, BINDING);
        for (CursorBinding other : List.of(
                new CursorBinding(new UUID(1, 3), "flights", 3, BINDING.queryHash()),
                new CursorBinding(BINDING.tenant(), "flight", 3, BINDING.queryHash()),
                new CursorBinding(BINDING.tenant(), "flights", 4, BINDING.queryHash()),
                new CursorBinding(BINDING.tenant(), "flights", 3, "sha256:0123456789abcdee"),
                new CursorBinding(
                        BINDING.tenant(), "flights3", 3, BINDING.queryHash().substring(1)))) {
            assertThat(codec.open(cursor, other)).isEqualTo(new Opened.Invalid(Reason.NOT_AUTHENTIC));
        }
    }

    @Test
    void keysRotate() {
        String before = codec("k1:" + key(1)).seal(STATE, BINDING);
        CursorCodec both = codec("k2:" + key(2) + ", k1:" + key(1));
        assertThat(both.open(before, BINDING)).isEqualTo(new Opened.Ok(STATE));
        String after = both.seal(STATE, BINDING);
        assertThat(after).startsWith("v1.k2.");
        assertThat(codec("k1:" + key(1)).open(after, BINDING)).isEqualTo(new Opened.Invalid(Reason.UNKNOWN_KEY));
        assertThat(codec("k2:" + key(3)).open(after, BINDING)).isEqualTo(new Opened.Invalid(Reason.NOT_AUTHENTIC));
    }

    @Test
    void cursorsExpire() {
        CursorKeys keys = keys("k1:" + key(1));
        String cursor = new CursorCodec(keys, InstantSource.fixed(NOW)).seal(STATE, BINDING);
        Instant end = STATE.expiresAt();
        assertThat(new CursorCodec(keys, InstantSource.fixed(end.minusMillis(1))).open(cursor, BINDING))
                .isEqualTo(new Opened.Ok(STATE));
        assertThat(new CursorCodec(keys, InstantSource.fixed(end)).open(cursor, BINDING))
                .isEqualTo(new Opened.Invalid(Reason.EXPIRED));
    }

    @Test
    void noTwoCursorsAreAlike() {
        CursorCodec codec = codec("k1:" + key(1));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(seen.add(codec.seal(STATE, BINDING))).isTrue();
        }
    }

    @Test
    void aPositionThatIsTooLongIsRefused() {
        CursorState state = new CursorState(List.of(Literal.of("x".repeat(20_000))), null, NOW.plusSeconds(1));
        assertThatThrownBy(() -> codec("k1:" + key(1)).seal(state, BINDING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void badKeysAreRefusedWithoutBeingShown() {
        String shortKey = Base64.getEncoder().encodeToString(new byte[16]);
        for (String text : List.of(
                "", "k1", ":" + key(1), "k 1:" + key(1), "k1:?", "k1:" + shortKey, "k1:" + key(1) + ",k1:" + key(2))) {
            assertThatThrownBy(() -> CursorKeys.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(key(1))
                    .hasMessageNotContaining(shortKey);
        }
        assertThat(keys("k1:" + key(1)).toString()).isEqualTo("CursorKeys[k1]");
    }

    static CursorCodec codec(String keys) {
        return new CursorCodec(keys(keys), InstantSource.fixed(NOW));
    }

    static String key(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return Base64.getEncoder().encodeToString(key);
    }

    private static CursorKeys keys(String text) {
        return CursorKeys.parse(text);
    }

    private static String golden() throws IOException {
        try (InputStream in = CursorCodecTest.class.getResourceAsStream("/golden/cursor-v1.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
