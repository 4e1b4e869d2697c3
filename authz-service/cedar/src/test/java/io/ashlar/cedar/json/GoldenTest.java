package io.ashlar.cedar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.PolicyFormatter;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written once is written the same today, and read still. */
final class GoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @ValueSource(strings = {"scopes", "operators", "template"})
    void policiesKeepTheirForm(String name) throws IOException {
        String text = Files.readString(GOLDEN.resolve(name + ".cedar")).strip();
        String json = Files.readString(GOLDEN.resolve(name + ".json"));
        Policy policy = PolicyParser.policy(text);
        assertThat(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(PolicyJson.write(policy)))
                .isEqualToIgnoringNewLines(json.strip());
        assertThat(PolicyFormatter.format(PolicyJson.read(json))).isEqualTo(text);
    }

    @Test
    void setsKeepTheirForm() throws IOException {
        String json = Files.readString(GOLDEN.resolve("set.json"));
        assertThat(JSON.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(PolicySetJson.write(PolicySetJson.read(json))))
                .isEqualToIgnoringNewLines(json.strip());
        assertThat(PolicySetJson.read(json).deciding()).containsOnlyKeys("everyone", "ana");
    }

    @Test
    void entitiesKeepTheirForm() throws IOException {
        String json = Files.readString(GOLDEN.resolve("entities.json"));
        List<EntityFacts> entities = EntitiesJson.read(json);
        assertThat(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(EntitiesJson.write(entities)))
                .isEqualToIgnoringNewLines(json.strip());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/cases/refused-json.txt", delimiterString = "==>", quoteCharacter = '\u0001')
    void refusesWithPointerAndReason(String expression, String fault) {
        String policy = "{\"effect\":\"permit\",\"principal\":{\"op\":\"All\"},\"action\":{\"op\":\"All\"},"
                + "\"resource\":{\"op\":\"All\"},\"conditions\":[{\"kind\":\"when\",\"body\":" + expression + "}]}";
        CedarJsonException e = catchThrowableOfType(CedarJsonException.class, () -> PolicyJson.read(policy));
        assertThat(e).as(expression).isNotNull();
        assertThat(e.getMessage()).isEqualTo("/conditions/0/body" + fault);
    }

    @Test
    void readsSpellingsThatItDoesNotWrite() {
        String body = "{\"has\":{\"left\":{\"Var\":\"context\"},\"attr\":[\"a\",\"b\"]}}";
        String head =
                "{\"effect\":\"permit\",\"principal\":{\"op\":\"==\",\"entity\":{\"__entity\":{\"type\":\"U\",\"id\":\"\"}}},"
                        + "\"action\":{\"op\":\"in\",\"entities\":[{\"type\":\"Action\",\"id\":\"a\"}]},"
                        + "\"resource\":{\"op\":\"All\"},\"conditions\":[{\"kind\":\"unless\",\"body\":";
        assertThat(PolicyJson.read(head + body + "}]}"))
                .isEqualTo(PolicyParser.policy("permit(principal == U::\"\", action in Action::\"a\", resource)"
                        + " unless { context has a.b };"));
        String value = "{\"==\":{\"left\":{\"Value\":[1,{\"a\":{\"__extn\":{\"fn\":\"ip\",\"arg\":\"::1\"}}}]},"
                + "\"right\":{\"Value\":{\"__entity\":{\"type\":\"U\",\"id\":\"x\"}}}}}";
        assertThat(PolicyJson.read(head + value + "}]}"))
                .isEqualTo(PolicyParser.policy("permit(principal == U::\"\", action in Action::\"a\", resource)"
                        + " unless { [1, {a: ip(\"::1\")}] == U::\"x\" };"));
    }

    @Test
    void readsInstantsOutsideOfTheCalendar() {
        String json =
                "{\"__extn\":{\"fn\":\"offset\",\"args\":[{\"__extn\":{\"fn\":\"datetime\",\"arg\":\"1970-01-01\"}},"
                        + "{\"__extn\":{\"fn\":\"duration\",\"arg\":\"9223372036854775807ms\"}}]}}";
        Value value = ValueJson.read(json);
        assertThat(value).isEqualTo(new io.ashlar.cedar.value.Datetime(Long.MAX_VALUE));
        assertThat(ValueJson.write(value)).hasToString(json);
    }

    @Test
    void refusesWhatIsTooDeepTooLongOrNoValue() {
        for (String text : List.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "[".repeat(100) + "]".repeat(100),
                "\"" + "x".repeat(2 * 1024 * 1024) + "\"",
                "{\"a\":1,\"a\":2}",
                "1 2",
                "null",
                "1.5",
                "9223372036854775808",
                "\"\\ud800\"",
                "{\"__entity\":{\"type\":\"no type\",\"id\":\"\"}}",
                "{\"__entity\":{\"type\":\"U\",\"id\":\"\"},\"x\":1}",
                "{\"__extn\":{\"fn\":\"money\",\"arg\":\"1\"}}",
                "{\"__extn\":{\"fn\":\"decimal\",\"arg\":\"1\"}}",
                "{\"__expr\":\"1\"}")) {
            assertThatThrownBy(() -> ValueJson.read(text))
                    .as(text.substring(0, Math.min(60, text.length())))
                    .isInstanceOf(CedarJsonException.class);
        }
        String operand = "{\"!\":{\"arg\":";
        String nested = "{\"effect\":\"permit\",\"principal\":{\"op\":\"All\"},\"action\":{\"op\":\"All\"},"
                + "\"resource\":{\"op\":\"All\"},\"conditions\":[{\"kind\":\"when\",\"body\":";
        String deep = nested + operand.repeat(1_000) + "{\"Value\":true}" + "}}".repeat(1_000) + "}]}";
        assertThatThrownBy(() -> PolicyJson.read(deep)).hasMessageContaining("nested at most 100");
        String chained = "{\"&&\":{\"right\":{\"Value\":true},\"left\":";
        String chain = nested + chained.repeat(1_100) + "{\"Value\":true}" + "}}".repeat(1_100) + "}]}";
        assertThatThrownBy(() -> PolicyJson.read(chain)).hasMessageContaining("at most 1000 operands");
        String fitting = nested + chained.repeat(900) + "{\"Value\":true}" + "}}".repeat(900) + "}]}";
        Policy policy = PolicyJson.read(fitting);
        assertThat(PolicyJson.read(PolicyJson.text(policy))).isEqualTo(policy);
    }
}
