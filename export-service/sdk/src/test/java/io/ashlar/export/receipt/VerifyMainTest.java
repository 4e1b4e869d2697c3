package io.ashlar.export.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyMainTest {

    @TempDir
    private Path directory;

    private Path file;
    private Path receipt;
    private Path keys;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void write() throws IOException {
        ReceiptKeys signer = ReceiptKeys.parse(Samples.KEYS);
        file = Files.writeString(directory.resolve("x.csv"), Samples.CSV);
        receipt = Files.writeString(directory.resolve("x.receipt"), signer.sign(Samples.receipt()));
        keys = Files.writeString(directory.resolve("keys.json"), signer.jwks());
    }

    @Test
    void genuineEndsWithZero() {
        assertThat(run(file.toString(), receipt.toString(), "--keys", keys.toString()))
                .isZero();
        assertThat(said.toString(UTF_8)).startsWith("GENUINE").contains("rows        3", "formula_guard in 1 cell(s)");
    }

    @Test
    void pinnedKeysServeWithoutTheOption() {
        assertThat(run(file.toString(), receipt.toString())).isZero();
    }

    @Test
    void alteredEndsWithOneAndSaysWhat() throws IOException {
        Files.writeString(file, Samples.CSV.replace("SFO", "SFX"));
        assertThat(run(file.toString(), receipt.toString())).isEqualTo(1);
        assertThat(said.toString(UTF_8)).startsWith("NOT GENUINE").contains("SHA256", "PART");
    }

    @Test
    void whatCannotBeJudgedEndsWithTwo() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(run(file.toString(), receipt.toString(), "--key", "x")).isEqualTo(2);
        assertThat(run(file.toString(), directory.resolve("none").toString())).isEqualTo(2);
        assertThat(run(directory.resolve("none").toString(), receipt.toString()))
                .isEqualTo(2);
        Files.writeString(receipt, "not a receipt");
        assertThat(run(file.toString(), receipt.toString())).isEqualTo(2);
    }

    private int run(String... args) {
        return VerifyMain.run(args, keys, new PrintStream(said, true, UTF_8));
    }
}
