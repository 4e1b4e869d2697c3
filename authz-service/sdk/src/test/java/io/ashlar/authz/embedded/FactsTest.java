package io.ashlar.authz.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.IpRange;
import io.ashlar.cedar.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactsTest {

    @Test
    void jsonIsReadAsAuthzReadsIt() {
        Map<String, Object> facts = new HashMap<>();
        facts.put("text", "x");
        facts.put("flag", true);
        facts.put("int", 1);
        facts.put("long", Long.MIN_VALUE);
        facts.put("big", BigInteger.TEN);
        facts.put("whole", new BigDecimal("7"));
        facts.put("one", new BigDecimal("1.0"));
        facts.put("thousand", new BigDecimal("1E+3"));
        facts.put("half", 0.5);
        facts.put("double", 1.2345678E7);
        facts.put("float", 0.1f);
        facts.put("absent", null);
        facts.put("list", List.of(1, 1L, "a"));
        facts.put("map", Map.of("inner", false));
        facts.put("ref", Map.of("__entity", Map.of("type", "User", "id", "ben")));
        facts.put("ip", Map.of("__extn", Map.of("fn", "ip", "arg", "10.0.0.1")));
        Map<String, Value> expected = new HashMap<>();
        expected.put("text", new Value.Text("x"));
        expected.put("flag", Value.Flag.TRUE);
        expected.put("int", new Value.Whole(1));
        expected.put("long", new Value.Whole(Long.MIN_VALUE));
        expected.put("big", new Value.Whole(10));
        expected.put("whole", new Value.Whole(7));
        expected.put("one", Decimal.parse("1.0"));
        expected.put("thousand", Decimal.parse("1000.0"));
        expected.put("half", Decimal.parse("0.5"));
        expected.put("double", Decimal.parse("12345678.0"));
        expected.put("float", Decimal.parse("0.1"));
        expected.put("list", new Value.SetOf(Set.of(new Value.Whole(1), new Value.Text("a"))));
        expected.put("map", new Value.Fields(Map.of("inner", Value.Flag.FALSE)));
        expected.put("ref", new Value.Reference(new EntityUid("User", "ben")));
        expected.put("ip", IpRange.parse("10.0.0.1"));
        assertThat(Facts.fields(facts, "context").values()).isEqualTo(expected);
    }

    static List<Object> refused() {
        return List.of(
                new BigDecimal("0.12345"),
                new BigDecimal("1E+2147483647"),
                new BigDecimal("1E-2147483647"),
                new BigDecimal("9223372036854775808"),
                BigInteger.ONE.shiftLeft(63),
                Double.NaN,
                Float.POSITIVE_INFINITY,
                1e300,
                Instant.EPOCH,
                Arrays.asList("a", null),
                Collections.nCopies(1_001, "x"),
                Map.of("__entity", "User::ben"),
                Map.of("__extn", Map.of("fn", "system", "arg", "x")),
                Map.of("__extn", Map.of("fn", "ip", "arg", "300.0.0.1")),
                nested(9));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Object fact) {
        assertThatThrownBy(() -> Facts.fields(Map.of("x", fact), "context"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eightLevelsAreAccepted() {
        assertThat(Facts.fields(Map.of("x", nested(7)), "context").values()).hasSize(1);
    }

    private static Object nested(int levels) {
        Object value = "x";
        for (int i = 0; i < levels; i++) {
            value = Map.of("a", value);
        }
        return value;
    }
}
