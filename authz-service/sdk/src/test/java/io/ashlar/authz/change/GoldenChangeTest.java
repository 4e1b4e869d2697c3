package io.ashlar.authz.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.change.ChangeMessage.Change;
import io.ashlar.authz.change.ChangeMessage.Tick;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class GoldenChangeTest {

    private static final Change CHANGE = new Change(
            UUID.fromString("11111111-1111-4111-8111-111111111111"),
            12,
            7,
            3,
            Instant.parse("2026-11-21T15:00:00.123456Z"));
    private static final Tick TICK = new Tick(3, Instant.parse("2026-11-21T15:00:00.250Z"));

    @Test
    void messagesAreWrittenAndReadAsTheyAlwaysWere() throws IOException {
        frozen("change.txt", CHANGE);
        frozen("tick.txt", TICK);
    }

    @Test
    void aRecordGoesToTheOnlyPartition() {
        ProducerRecord<byte[], byte[]> kafka = ChangeCodec.toRecord(CHANGE);
        assertThat(kafka.topic()).isEqualTo("ashlar.authz.changes.v1");
        assertThat(kafka.partition()).isZero();
        assertThat(ChangeCodec.read(kafka.headers(), kafka.value())).contains(CHANGE);
    }

    @Test
    void anUnknownTypeIsSkippedAndADamagedRecordIsNot() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(ChangeCodec.read(Map.of("ce_type", "io.ashlar.authz.other.v1"), body))
                .isEmpty();
        assertThat(ChangeCodec.read(Map.of(), body)).isEmpty();
        for (String type : new String[] {ChangeCodec.CHANGE_TYPE, ChangeCodec.TICK_TYPE}) {
            assertThatThrownBy(() -> ChangeCodec.read(Map.of("ce_type", type), body))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ChangeCodec.read(Map.of("ce_type", type), new byte[] {1}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void frozen(String name, ChangeMessage message) throws IOException {
        String golden = golden(name);
        ChangeCodec.Wire wire = ChangeCodec.write(message);
        byte[] key = wire.key();
        StringBuilder written = new StringBuilder("key=")
                .append(key == null ? "-" : new String(key, StandardCharsets.UTF_8))
                .append('\n');
        wire.headers()
                .forEach((header, value) ->
                        written.append(header).append('=').append(value).append('\n'));
        written.append(new String(wire.body(), StandardCharsets.UTF_8)).append('\n');
        assertThat(written.toString()).isEqualTo(golden);

        Map<String, String> headers = new HashMap<>();
        String[] lines = golden.split("\n", -1);
        for (int i = 1; i < lines.length - 2; i++) {
            headers.put(lines[i].substring(0, lines[i].indexOf('=')), lines[i].substring(lines[i].indexOf('=') + 1));
        }
        byte[] body = lines[lines.length - 2].getBytes(StandardCharsets.UTF_8);
        assertThat(ChangeCodec.read(headers, body)).contains(message);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenChangeTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
