package io.ashlar.filter.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.security.interfaces.EdECPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeySetTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static KeySet parse(String text) {
        return KeySet.parse("trial", text, 32, 32);
    }

    private static JsonNode cases(String kind) throws IOException {
        try (InputStream golden = KeySetTest.class.getResourceAsStream("key-sets.json")) {
            return new ObjectMapper().readTree(golden).path(kind);
        }
    }

    @Test
    void whatWasEverReadIsRead() throws IOException {
        assertThat(cases("read")).isNotEmpty().allSatisfy(one -> {
            List<String> ids = new ArrayList<>();
            one.path("ids").forEach(id -> ids.add(id.textValue()));
            KeySet keys = parse(one.path("text").textValue());
            assertThat(keys.ids()).isEqualTo(ids);
            assertThat(keys.activeId()).isEqualTo(ids.getFirst());
            assertThat(keys.secret(ids.getLast())).isEqualTo(Base64.getDecoder().decode(last(one)));
        });
    }

    private static String last(JsonNode one) {
        String text = one.path("text").textValue();
        return text.substring(text.lastIndexOf(':') + 1).strip();
    }

    @Test
    void whatIsWrongIsNamedButNotQuoted() throws IOException {
        assertThat(cases("refused")).isNotEmpty().allSatisfy(one -> assertThatThrownBy(
                        () -> parse(one.path("text").textValue()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(one.path("because").textValue())
                .hasMessageNotContainingAny("*secret*", "AAEC")
                .hasNoCause());
    }

    @Test
    void thereAreNeverMoreThanARotationNeeds() {
        String eight = IntStream.range(0, KeySet.KEYS_MAX)
                .mapToObj(i -> "k" + i + ":" + KEY)
                .collect(Collectors.joining(","));
        assertThat(parse(eight).ids()).hasSize(KeySet.KEYS_MAX);
        assertThatThrownBy(() -> parse(eight + ",k9:" + KEY)).hasMessage("more than 8 trial keys");
    }

    @Test
    void aKeyOutsideItsBoundsHearsWhichOne() {
        assertThatThrownBy(() -> KeySet.parse("trial", "k:" + KEY, 33, 64))
                .hasMessage("trial key k has 32 bytes; at least 33 are needed");
        assertThatThrownBy(() -> KeySet.parse("trial", "k:" + KEY, 16, 31))
                .hasMessage("trial key k has 32 bytes; at most 31 are allowed");
    }

    @Test
    void theTextNamesIdsOnlyAndSecretsAreCopies() {
        KeySet keys = parse("b:" + KEY + ",a:" + KEY);
        assertThat(keys).hasToString("KeySet[b, a]");
        keys.secret("a")[0] = 99;
        assertThat(keys.secret("a")[0]).isZero();
        assertThatThrownBy(() -> keys.secret("c")).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 8032, section 7.1, test 1. */
    @Test
    void aSeedStandsForItsPair() {
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        byte[] encoded = SigningSeed.pair(seed).getPublic().getEncoded();
        assertThat(SigningSeed.pair(seed).getPublic()).isInstanceOf(EdECPublicKey.class);
        assertThat(HexFormat.of().formatHex(encoded))
                .endsWith("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThatThrownBy(() -> SigningSeed.pair(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
