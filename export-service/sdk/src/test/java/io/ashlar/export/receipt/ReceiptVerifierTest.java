package io.ashlar.export.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.export.receipt.Difference.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptVerifierTest {

    private static final ReceiptKeys KEYS = ReceiptKeys.parse(Samples.KEYS);

    @TempDir
    private Path directory;

    private Path file;
    private String receipt;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("x.csv"), Samples.CSV);
        receipt = KEYS.sign(Samples.receipt());
    }

    @Test
    void genuine() throws IOException {
        assertThat(ReceiptVerifier.verify(file, " " + receipt + "\n", KEYS.jwks()))
                .isEqualTo(new Verdict.Genuine(Samples.receipt(), "k2"));
    }

    @Test
    void previousKeyStillVerifies() throws IOException {
        String[] entries = Samples.KEYS.split(",", -1);
        ReceiptKeys rotated = ReceiptKeys.parse(entries[1] + "," + entries[0]);
        assertThat(ReceiptVerifier.verify(file, receipt, rotated.jwks())).isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void oneByteAlteredInTheSecondPart() throws IOException {
        Files.writeString(file, Samples.CSV.replace("-3", "-4"));
        assertThat(kinds()).containsExactlyInAnyOrder(Kind.SHA256, Kind.PART);
        assertThat(differences())
                .filteredOn(difference -> difference.kind() == Kind.PART)
                .singleElement()
                .satisfies(difference -> assertThat(difference.expected()).startsWith("part 2 "));
    }

    @Test
    void rowRemoved() throws IOException {
        Files.writeString(file, Samples.CSV.replace("'=1+1,-3\r\n", ""));
        assertThat(kinds()).containsExactlyInAnyOrder(Kind.BYTES, Kind.SHA256, Kind.PART, Kind.ROWS);
    }

    @Test
    void cutWithinTheFirstPartAndEmpty() throws IOException {
        Files.writeString(file, Samples.CSV.substring(0, 10));
        assertThat(differences()).filteredOn(d -> d.kind() == Kind.PART).hasSize(2);
        Files.writeString(file, "");
        assertThat(kinds()).contains(Kind.BYTES, Kind.SHA256, Kind.PART, Kind.ROWS);
    }

    @Test
    void bytesAppended() throws IOException {
        Files.writeString(file, Samples.CSV + "x,1");
        assertThat(kinds()).containsExactlyInAnyOrder(Kind.BYTES, Kind.SHA256, Kind.ROWS);
    }

    @Test
    void payloadAlteredToFitAnotherFile() throws IOException {
        String[] parts = receipt.split("\\.", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("\"rows\":3", "\"rows\":2");
        receipt = parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(UTF_8)) + "."
                + parts[2];
        assertThat(kinds()).containsExactlyInAnyOrder(Kind.SIGNATURE, Kind.ROWS);
    }

    @Test
    void keyThatIsNotTrusted() throws IOException {
        receipt = ReceiptKeys.parse("evil:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                .sign(Samples.receipt());
        assertThat(kinds()).containsExactly(Kind.KEY);
    }

    @Test
    void otherSeedUnderATrustedName() throws IOException {
        receipt = ReceiptKeys.parse("k2:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
                .sign(Samples.receipt());
        assertThat(kinds()).containsExactly(Kind.SIGNATURE);
    }

    @Test
    void algorithmNoneIsNoSignature() throws IOException {
        String payload = receipt.split("\\.", -1)[1];
        String header = "{\"alg\":\"none\",\"kid\":\"k2\",\"typ\":\"ashlar-export-receipt\"}";
        receipt = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8)) + "." + payload + ".";
        assertThat(ReceiptVerifier.verify(file, receipt, KEYS.jwks())).isNotInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void whatIsNoReceiptOrNoKeySet() throws IOException {
        for (String text : List.of("", "x", "a.b.c", "{}", receipt.substring(3), "....")) {
            assertThat(ReceiptVerifier.verify(file, text, KEYS.jwks())).as(text).isInstanceOf(Verdict.Unreadable.class);
        }
        for (String keys : List.of("", "{}", "[]", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"OKP\"}]}")) {
            assertThat(ReceiptVerifier.verify(file, receipt, keys)).as(keys).isInstanceOf(Verdict.Unreadable.class);
        }
    }

    private List<Difference> differences() throws IOException {
        return switch (ReceiptVerifier.verify(file, receipt, KEYS.jwks())) {
            case Verdict.Different different -> different.differences();
            case Verdict.Genuine genuine -> throw new AssertionError("genuine: " + genuine);
            case Verdict.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
        };
    }

    private Set<Kind> kinds() throws IOException {
        return differences().stream().map(Difference::kind).collect(Collectors.toSet());
    }
}
