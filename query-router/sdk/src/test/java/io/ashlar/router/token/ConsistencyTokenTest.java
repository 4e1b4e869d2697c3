package io.ashlar.router.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frozen wire form, and what is refused. */
class ConsistencyTokenTest {

    private static final UUID TENANT = UUID.fromString("0198c1de-0000-7000-8000-00000000000a");
    private static final Instant MINTED = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final SwitchPoints LEFT_AT_100 =
            timeline -> timeline == 1 ? OptionalLong.of(0x100) : OptionalLong.empty();

    private static final Map<String, ConsistencyToken> FROZEN = Map.of(
            "empty",
            new ConsistencyToken(0, null, List.of(), Map.of(), Instant.EPOCH),
            "written",
            ConsistencyToken.at(1, TENANT, new LogPosition(1, 0x3000060), MINTED),
            "loaded",
            ConsistencyToken.loaded(
                    1, TENANT, Map.of("ashlar.telemetry.v1", Map.of(0, 12L, 11, 5_000_000_000L)), MINTED),
            "both",
            new ConsistencyToken(
                    3,
                    TENANT,
                    List.of(new LogPosition(2, 0x16_B374D848L), new LogPosition(1, 0x16_B3000000L)),
                    Map.of("ashlar.telemetry.v1", Map.of(3, 7L), "ashlar.audit.v1", Map.of(5, 0L)),
                    MINTED));

    @Test
    void tokensAreWrittenAsFrozen() throws IOException {
        JsonNode golden = golden();
        assertThat(golden.propertyStream().map(Map.Entry::getKey)).containsExactlyInAnyOrderElementsOf(FROZEN.keySet());
        FROZEN.forEach((name, token) -> assertThat(token.text())
                .as(name)
                .isEqualTo(golden.get(name).get("text").textValue()));
    }

    @Test
    void frozenTokensAreRead() throws IOException {
        JsonNode golden = golden();
        FROZEN.forEach((name, token) -> assertThat(
                        ConsistencyToken.parse(golden.get(name).get("text").textValue()))
                .as(name)
                .isEqualTo(new ParsedToken.Ok(token)));
    }

    @Test
    void theTextIsTheDocumentedJson() throws IOException {
        for (JsonNode frozen : golden()) {
            String json = new String(
                    Base64.getUrlDecoder().decode(frozen.get("text").textValue().substring(3)), StandardCharsets.UTF_8);
            assertThat(json).isEqualTo(frozen.get("json").textValue());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "",
                "{",
                "{}",
                "{\"i\":1}",
                "{\"i\":1,\"l\":[],\"o\":{},\"m\":1} {}",
                "{\"i\":1,\"i\":2,\"l\":[],\"o\":{},\"m\":1}",
                "{\"i\":-1,\"l\":[],\"o\":{},\"m\":1}",
                "{\"i\":\"1\",\"l\":[],\"o\":{},\"m\":1}",
                "{\"i\":1.0,\"l\":[],\"o\":{},\"m\":1}",
                "{\"i\":1,\"l\":[],\"o\":{},\"m\":-1}",
                "{\"i\":1,\"l\":[],\"o\":{},\"m\":9223372036854775807}",
                "{\"i\":1,\"l\":[],\"o\":{},\"m\":1,\"x\":1}",
                "{\"i\":1,\"t\":null,\"l\":[],\"o\":{},\"m\":1}",
                "{\"i\":1,\"t\":\"1-1-1-1-1\",\"l\":[],\"o\":{},\"m\":1}",
                "{\"i\":1,\"l\":[[1]],\"o\":{},\"m\":1}",
                "{\"i\":1,\"l\":[[0,\"0/1\"]],\"o\":{},\"m\":1}",
                "{\"i\":1,\"l\":[[1,\"0/\"]],\"o\":{},\"m\":1}",
                "{\"i\":1,\"l\":[[1,\"FFFFFFFF/0\"]],\"o\":{},\"m\":1}",
                "{\"i\":1,\"l\":[[1,\"0/1\"],[1,\"0/2\"]],\"o\":{},\"m\":1}",
                "{\"i\":1,\"l\":[],\"o\":{\"t\":{}},\"m\":1}",
                "{\"i\":1,\"l\":[],\"o\":{\"t\":{\"00\":1}},\"m\":1}",
                "{\"i\":1,\"l\":[],\"o\":{\"t\":{\"0\":-1}},\"m\":1}",
                "{\"i\":1,\"l\":[],\"o\":{\"t\":{\"0\":1.5}},\"m\":1}",
                "{\"i\":1,\"l\":[],\"o\":{\"t'; --\":{\"0\":1}},\"m\":1}",
                "{\"i\":1,\"l\":[],\"o\":{\"a\":{\"0\":1},\"b\":{\"0\":1},\"c\":{\"0\":1},\"d\":{\"0\":1},\"e\":{\"0\":1}},\"m\":1}"
            })
    void otherJsonIsRefused(String json) {
        String text =
                "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertThat(ConsistencyToken.parse(text)).isInstanceOf(ParsedToken.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1.", "v1.!", "v2.e30", "e30", "v1.e30="})
    void otherTextIsRefused(String text) {
        assertThat(ConsistencyToken.parse(text)).isInstanceOf(ParsedToken.Invalid.class);
    }

    @Test
    void tooLongATextIsRefusedUnread() {
        assertThat(ConsistencyToken.parse("v1." + "A".repeat(ConsistencyToken.TEXT_LENGTH_MAX)))
                .isInstanceOf(ParsedToken.Invalid.class);
    }

    @Test
    void anOlderTimelineFoldsInOnlyBelowItsSwitchPoint() {
        ConsistencyToken below = ConsistencyToken.at(1, TENANT, new LogPosition(1, 0x100), MINTED);
        ConsistencyToken above = ConsistencyToken.at(1, TENANT, new LogPosition(1, 0x101), MINTED);
        ConsistencyToken younger = ConsistencyToken.at(1, TENANT, new LogPosition(2, 0x200), MINTED);

        assertThat(below.merge(younger, LEFT_AT_100).positions()).containsExactly(new LogPosition(2, 0x200));
        assertThat(above.merge(younger, LEFT_AT_100).positions())
                .containsExactly(new LogPosition(1, 0x101), new LogPosition(2, 0x200));
        assertThat(below.merge(younger).positions()).hasSize(2);
    }

    @Test
    void tokensOfTwoTenantsAreNotMerged() {
        ConsistencyToken mine = ConsistencyToken.at(1, TENANT, new LogPosition(1, 1), MINTED);
        ConsistencyToken theirs = ConsistencyToken.at(1, new UUID(7, 7), new LogPosition(1, 1), MINTED);

        assertThatThrownBy(() -> mine.merge(theirs)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lsnTextIsPostgres() {
        assertThat(new LogPosition(1, 0x16_B374D848L).lsnText()).isEqualTo("16/B374D848");
        assertThat(LogPosition.parseLsn("16/b374d848")).hasValue(0x16_B374D848L);
        assertThat(LogPosition.parseLsn("16/١")).isEmpty();
        assertThat(LogPosition.parseLsn("16/000000001")).isEmpty();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = ConsistencyTokenTest.class.getResourceAsStream("/golden/consistency-token.v1.json")) {
            return JsonMapper.builder().build().readTree(in);
        }
    }
}
