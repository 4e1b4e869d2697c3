package io.ashlar.export.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The payload, the signed form and the key set, frozen. */
class ReceiptGoldenTest {

    @Test
    void payloadIsWrittenAsEver() throws IOException {
        assertThat(new String(ReceiptJson.write(Samples.receipt()), UTF_8)).isEqualTo(golden("receipt-v1.json"));
    }

    @Test
    void payloadIsReadAsEver() throws Exception {
        assertThat(ReceiptJson.read(golden("receipt-v1.json").getBytes(UTF_8))).isEqualTo(Samples.receipt());
    }

    @Test
    void signedFormIsWrittenAsEver() throws IOException {
        ReceiptKeys keys = ReceiptKeys.parse(Samples.KEYS);
        assertThat(keys.sign(Samples.receipt())).isEqualTo(golden("receipt-v1.jws"));
        assertThat(keys.jwks()).isEqualTo(golden("keys-v1.jwks.json"));
    }

    @Test
    void signedFormIsReadAsEver(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("flights.csv"), Samples.CSV);
        Verdict verdict = ReceiptVerifier.verify(file, golden("receipt-v1.jws"), golden("keys-v1.jwks.json"));
        assertThat(verdict).isEqualTo(new Verdict.Genuine(Samples.receipt(), "k2"));
    }

    @Test
    void fieldsOfALaterServerArePassedOver() throws Exception {
        String later = golden("receipt-v1.json").replace("\"v\":1,", "\"v\":1,\"later\":{\"x\":[1]},");
        assertThat(ReceiptJson.read(later.getBytes(UTF_8))).isEqualTo(Samples.receipt());
    }

    @Test
    void anotherVersionIsNotGuessedAt() throws IOException {
        byte[] other = golden("receipt-v1.json").replace("\"v\":1,", "\"v\":2,").getBytes(UTF_8);
        assertThatThrownBy(() -> ReceiptJson.read(other))
                .isInstanceOf(ReceiptFormatException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void whatLacksIsNamed() {
        assertThatThrownBy(() -> ReceiptJson.read("{\"v\":1}".getBytes(UTF_8))).hasMessageContaining("as_of");
        assertThatThrownBy(() -> ReceiptJson.read("[]".getBytes(UTF_8))).hasMessageContaining("lacks v");
        assertThatThrownBy(() -> ReceiptJson.read("{\"v\":1,\"v\":1}".getBytes(UTF_8)))
                .isInstanceOf(ReceiptFormatException.class);
    }

    static String golden(String name) throws IOException {
        try (InputStream in = ReceiptGoldenTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8).strip();
        }
    }
}
