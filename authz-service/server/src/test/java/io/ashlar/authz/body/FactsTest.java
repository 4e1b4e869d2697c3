package io.ashlar.authz.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FactsTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final List<Fault> faults = new ArrayList<>();

    private Map<String, CedarValue> read(String json) throws JsonProcessingException {
        return new Facts(faults).fields(JSON.readTree(json), "/p");
    }

    @Test
    void readsEveryKind() throws JsonProcessingException {
        assertThat(read("""
                        {"t":"x","n":-7,"b":true,"d":1.50,"s":["a","a"],"r":{"k":1},"gone":null,
                         "e":{"__entity":{"type":"User","id":"ana"}},"x":{"__extn":{"fn":"ip","arg":"10.0.0.1"}}}
                        """))
                .containsOnly(
                        Map.entry("t", new CedarValue.Text("x")),
                        Map.entry("n", new CedarValue.Whole(-7)),
                        Map.entry("b", new CedarValue.Flag(true)),
                        Map.entry("d", new CedarValue.Extension("decimal", "1.5")),
                        Map.entry("s", new CedarValue.SetOf(Set.of(new CedarValue.Text("a")))),
                        Map.entry("r", new CedarValue.Fields(Map.of("k", new CedarValue.Whole(1)))),
                        Map.entry("e", new CedarValue.Reference(new EntityUid("User", "ana"))),
                        Map.entry("x", new CedarValue.Extension("ip", "10.0.0.1")));
        assertThat(faults).isEmpty();
    }

    @Test
    void namesEveryFault() throws JsonProcessingException {
        read("""
                {"a":1.00001,"b":9223372036854775808,"c":[null],"d":{"__entity":{"type":"no type"}},
                 "e":{"__extn":{"fn":"evil","arg":"x"}},"f~/g":{"h":{"i":1e400}},
                 "g":{"__extn":{"fn":"ip","arg":"10.0.0.256"}}}
                """);
        assertThat(faults)
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/p/a",
                        "/p/b",
                        "/p/c/0",
                        "/p/d/__entity/id",
                        "/p/d/__entity/type",
                        "/p/e/__extn",
                        "/p/g/__extn/arg",
                        "/p/f~0~1g/h/i");
    }

    @Test
    void isBounded() throws JsonProcessingException {
        read("{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}");
        assertThat(faults).hasSize(1).first().extracting(Fault::code).isEqualTo("out_of_range");
    }
}
