package io.ashlar.export.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptKeysTest {

    /** RFC 8032, 7.1, test 1. */
    @Test
    void publicKeyIsThatOfTheSeed() {
        assertThat(ReceiptKeys.parse("a:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
                        .jwks())
                .contains("\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"")
                .doesNotContain("nWGxne");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nokid",
                "a:short",
                "a:!!",
                ":nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
                "a:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A,",
                "a:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A,a:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
            })
    void wrongEntriesAreRefusedWithoutTellingSeeds(String text) {
        assertThatThrownBy(() -> ReceiptKeys.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("nWGxne"));
    }

    @Test
    void textNamesNoSecret() {
        assertThat(ReceiptKeys.parse(Samples.KEYS)).hasToString("ReceiptKeys[k2, k1]");
    }
}
