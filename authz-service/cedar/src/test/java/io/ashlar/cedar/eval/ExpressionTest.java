package io.ashlar.cedar.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.Expr;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every operator: its value, or its error. */
final class ExpressionTest {

    private static final EntityUid ANA = new EntityUid("User", "ana");
    private static final EntityUid STAFF = new EntityUid("Group", "staff");
    private static final EntityUid ALL = new EntityUid("Group", "all");
    private static final EntityUid BOSS = new EntityUid("User", "boss");

    private static final EntityStore STORE = EntityStore.of(List.of(
            new EntityFacts(
                    ANA,
                    Map.of(
                            "age",
                            new Value.Whole(41),
                            "full name",
                            new Value.Text("Ana"),
                            "address",
                            new Value.Fields(Map.of("city", new Value.Text("Rome"))),
                            "manager",
                            new Value.Reference(BOSS)),
                    Map.of("team", new Value.Text("red")),
                    Set.of(STAFF)),
            new EntityFacts(BOSS, Map.of("age", new Value.Whole(50)), Map.of(), Set.of()),
            new EntityFacts(STAFF, Map.of(), Map.of(), Set.of(ALL))));

    private static final Env ENV = new Env(
            new Request(
                    ANA,
                    new EntityUid("Action", "read"),
                    new EntityUid("Doc", "1"),
                    new Value.Fields(Map.of("mfa", Value.Flag.TRUE))),
            STORE);

    @ParameterizedTest
    @CsvFileSource(resources = "/cases/expressions.txt", delimiterString = "==>", quoteCharacter = '\u0001')
    void evaluates(String text, String expected) {
        assertThat(result(PolicyParser.expression(text))).isEqualTo(expected);
    }

    private static String result(Expr expr) {
        try {
            return switch (Compiler.compile(expr).eval(ENV)) {
                case Value.Flag(boolean value) -> Boolean.toString(value);
                case Value.Whole(long value) -> Long.toString(value);
                case Value.Text(String value) -> value;
                case Value other -> other.toString();
            };
        } catch (EvaluationException e) {
            assertThat(e.at().known()).as("place of %s", e.text()).isTrue();
            return "error: " + e.text();
        }
    }
}
