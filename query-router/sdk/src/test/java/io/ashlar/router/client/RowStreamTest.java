package io.ashlar.router.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream is whole or it is refused. */
class RowStreamTest {

    private static final String HEADER =
            "{\"header\":{\"fields\":[{\"name\":\"a\",\"type\":\"int64\"},{\"name\":\"b\",\"type\":\"decimal\"}],"
                    + "\"source\":\"replica-1\",\"lag_ms\":3,\"consistency\":\"eventual\",\"reason\":\"replica\"}}\n";
    private static final String ROWS = "[1,2.50]\n[9007199254740993,null]\n";

    @Test
    void aWholeStreamIsRead() throws IOException {
        try (RowStream stream = open(HEADER + ROWS + trailer(true, 2, ROWS))) {
            assertThat(stream.header().source()).isEqualTo("replica-1");
            assertThat(stream.header().fields()).hasSize(2);
            List<JsonNode> rows = new ArrayList<>();
            for (JsonNode row = stream.next(); row != null; row = stream.next()) {
                rows.add(row);
            }
            assertThat(rows).hasSize(2);
            assertThat(rows.get(0).get(1).decimalValue()).isEqualByComparingTo(new BigDecimal("2.5"));
            assertThat(rows.get(1).get(0).longValue()).isEqualTo(9007199254740993L);
            assertThat(stream.trailer().rows()).isEqualTo(2);
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void anEmptyResultIsWhole() throws IOException {
        try (RowStream stream = open(HEADER + trailer(true, 0, ""))) {
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void noPrefixOfAStreamIsWhole() {
        String whole = HEADER + ROWS + trailer(true, 2, ROWS);
        for (int length = 0; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            assertThatThrownBy(() -> readAll(cut)).as(cut).isInstanceOf(IncompleteStreamException.class);
        }
    }

    @Test
    void noAlteredRowPasses() {
        String whole = HEADER + ROWS.replace('1', '7') + trailer(true, 2, ROWS);
        assertThatThrownBy(() -> readAll(whole)).isInstanceOf(IncompleteStreamException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aWrongCountIsRefused(int count) {
        String whole = HEADER + ROWS + trailer(true, count, ROWS);
        assertThatThrownBy(() -> readAll(whole)).isInstanceOf(IncompleteStreamException.class);
    }

    @Test
    void aTrailerThatSaysIncompleteIsRefused() {
        String whole = HEADER + ROWS + trailer(false, 2, ROWS);
        assertThatThrownBy(() -> readAll(whole)).isInstanceOf(IncompleteStreamException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]\n", "{}\n", "x"})
    void nothingFollowsTheTrailer(String more) {
        String whole = HEADER + ROWS + trailer(true, 2, ROWS) + more;
        assertThatThrownBy(() -> readAll(whole)).isInstanceOf(IncompleteStreamException.class);
    }

    @Test
    void theTrailerComesLast() throws IOException {
        try (RowStream stream = open(HEADER + ROWS + trailer(true, 2, ROWS))) {
            assertThatThrownBy(stream::trailer).isInstanceOf(IllegalStateException.class);
        }
    }

    private static void readAll(String text) throws IOException {
        try (RowStream stream = open(text)) {
            while (stream.next() != null) {
                assertThat(stream.header()).isNotNull();
            }
        }
    }

    private static RowStream open(String text) throws IOException {
        return new RowStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String trailer(boolean complete, int rows, String lines) {
        try {
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8)));
            return "{\"trailer\":{\"complete\":" + complete + ",\"rows\":" + rows + ",\"digest\":\"sha256:" + hex
                    + "\",\"token\":\"v1.e30\"}}\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
