package io.ashlar.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class TelemetryChunkTest {

    private static final UUID TENANT = UUID.fromString("11111111-2222-3333-4444-555555555555");

    private static List<TelemetryRecord> sample() {
        long at = EventTime.microsOf(Instant.parse("2001-01-01T10:00:00.000001Z"));
        return List.of(
                new TelemetryRecord(
                        0,
                        "flight:1",
                        at,
                        List.of(
                                new TelemetryValue.Int64(3, -12),
                                new TelemetryValue.Text(4, "ATL \"é\"\\\n\u0001"),
                                new TelemetryValue.Flag(5, true),
                                new TelemetryValue.Float64(6, 1.5e300),
                                new TelemetryValue.Moment(7, at),
                                new TelemetryValue.Nothing(8))),
                new TelemetryRecord(7, "flight:2", at, List.of(new TelemetryValue.Int64(3, Long.MAX_VALUE))));
    }

    @Test
    void bodyIsFrozen() throws IOException {
        ChunkWriter writer = new ChunkWriter();
        sample().forEach(writer::add);
        List<ChunkWriter.Chunk> chunks = writer.finish();
        assertThat(chunks).hasSize(1);
        assertThat(new String(chunks.getFirst().body(), StandardCharsets.UTF_8)).isEqualTo(golden("chunk.v1.json"));
        assertThat(chunks.getFirst().records()).isEqualTo(2);
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        assertThat(TelemetryChunk.read(golden("chunk.v1.json").getBytes(StandardCharsets.UTF_8))
                        .records())
                .isEqualTo(sample());
    }

    @Test
    void skipsWhatALaterVersionAdds() throws IOException {
        String later = """
                {"v":2,"records":[{"i":0,"new":{"a":[1]},"entity_id":"e","event_at":"2001-01-01T10:00:00Z",\
                "attributes":{"3":{"i":1,"u":"km"}}}],"more":[]}""";
        assertThat(TelemetryChunk.read(later.getBytes(StandardCharsets.UTF_8)).records())
                .hasSize(1);
    }

    @Test
    void headersAreFrozen() throws IOException {
        ChunkHeaders headers = new ChunkHeaders(
                TENANT, "ana", "key-1", "a".repeat(64), 0, 3, 2, Instant.parse("2001-01-01T10:00:00Z"));
        StringBuilder text = new StringBuilder();
        headers.write().forEach((name, value) -> text.append(name + ": " + value + "\n"));
        assertThat(text.toString()).isEqualTo(golden("chunk-headers.v1.txt"));
        Map<String, String> withMore = new HashMap<>(headers.write());
        withMore.put("traceparent", "00-1-2-01");
        assertThat(ChunkHeaders.read(withMore)).contains(headers);
        assertThat(ChunkHeaders.read(Map.of())).isEmpty();
    }

    @Test
    void aBrokenRecordIsToldAndTheRestGoesOn() throws IOException {
        String body = """
                {"records":[{"i":0,"entity_id":"a","event_at":"2001-01-01T10:00:00Z","attributes":{"3":{"i":"x"}}},\
                {"i":1,"entity_id":5,"event_at":"2001-01-01T10:00:00Z","attributes":{"3":{"i":1}}},\
                {"i":2,"entity_id":"a","event_at":"2001-01-01T10:00:00Z","attributes":{}},\
                {"i":3,"entity_id":"a","event_at":"2001-01-01T10:00:00Z","attributes":{"3":{"i":1}}}]}""";
        List<String> told = new ArrayList<>();
        ChunkReader.read(body.getBytes(StandardCharsets.UTF_8), new Told(told));
        assertThat(told).containsExactly("broken 0", "broken 1", "broken 2", "end 3");
    }

    @Test
    void whatIsNoChunkIsRefused() {
        for (String body :
                List.of("", "[]", "{}", "{\"records\":1}", "{\"records\":[]} x", "{\"records\":[{\"i\":0}")) {
            assertThatThrownBy(() -> TelemetryChunk.read(body.getBytes(StandardCharsets.UTF_8)))
                    .as(body)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void cutsAtTheSamePlaceEachTime() throws IOException {
        List<TelemetryRecord> many = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            many.add(new TelemetryRecord(
                    i, "e" + i, 0, List.of(new TelemetryValue.Text(1, "x".repeat(1 + i * 7919 % 1_000)))));
        }
        List<ChunkWriter.Chunk> first = cut(many);
        List<ChunkWriter.Chunk> second = cut(many);
        assertThat(first.size()).isGreaterThan(1);
        assertThat(first).allSatisfy(chunk -> assertThat(chunk.body().length).isLessThanOrEqualTo(900 * 1024));
        assertThat(second.stream().map(ChunkWriter.Chunk::body).toList())
                .containsExactlyElementsOf(
                        first.stream().map(ChunkWriter.Chunk::body).toList());
        List<TelemetryRecord> back = new ArrayList<>();
        for (ChunkWriter.Chunk chunk : first) {
            back.addAll(TelemetryChunk.read(chunk.body()).records());
        }
        assertThat(back).isEqualTo(many);
    }

    @Property(tries = 300)
    void roundTrip(@ForAll("records") List<TelemetryRecord> records) throws IOException {
        List<TelemetryRecord> back = new ArrayList<>();
        for (ChunkWriter.Chunk chunk : cut(records)) {
            back.addAll(TelemetryChunk.read(chunk.body()).records());
        }
        assertThat(back).isEqualTo(records);
    }

    @Property
    void instantsRoundTrip(
            @ForAll @LongRange(min = -11_676_096_000_000_000L, max = 253_402_300_799_999_999L) long micros) {
        String text = EventTime.format(micros);
        assertThat(EventTime.parse(text)).hasValue(micros);
        assertThat(Instant.parse(text)).isEqualTo(EventTime.instantOf(micros));
    }

    @Test
    void instantsAreRfc3339() {
        assertThat(EventTime.parse("2001-01-01T10:00:00+02:00")).hasValue(978_336_000_000_000L);
        assertThat(EventTime.parse("2001-01-01T10:00:00.1234569Z")).hasValue(978_343_200_123_456L);
        for (String bad : List.of(
                "",
                "2001-01-01",
                "2001-02-30T10:00:00.000000Z",
                "2001-01-01T24:00:00.000000Z",
                "x",
                "2001-01-01T10:00:00",
                "0001-01-01T10:00:00Z",
                "+12001-01-01T10:00:00Z",
                "9".repeat(5_000))) {
            assertThat(EventTime.parse(bad)).as(bad).isEmpty();
        }
    }

    @Provide
    Arbitrary<List<TelemetryRecord>> records() {
        Arbitrary<Integer> id = Arbitraries.integers().between(1, 999_999_999);
        Arbitrary<TelemetryValue> value = Arbitraries.oneOf(
                Combinators.combine(id, Arbitraries.strings().ofMaxLength(40))
                        .as((i, s) -> new TelemetryValue.Text(i, wellFormed(s))),
                Combinators.combine(id, Arbitraries.longs()).as(TelemetryValue.Int64::new),
                Combinators.combine(id, Arbitraries.doubles()).as(TelemetryValue.Float64::new),
                Combinators.combine(id, Arbitraries.of(true, false)).as(TelemetryValue.Flag::new),
                Combinators.combine(id, Arbitraries.longs().between(EventTime.MIN_MICROS, EventTime.MAX_MICROS))
                        .as(TelemetryValue.Moment::new),
                id.map(TelemetryValue.Nothing::new));
        Arbitrary<TelemetryRecord> telemetry = Combinators.combine(
                        Arbitraries.integers().between(0, 9_999),
                        Arbitraries.strings().ofMaxLength(30),
                        Arbitraries.longs().between(EventTime.MIN_MICROS, EventTime.MAX_MICROS),
                        value.list().ofMinSize(1).ofMaxSize(5))
                .as((index, entity, at, values) ->
                        new TelemetryRecord(index, wellFormed(entity), at, distinct(values)));
        return telemetry.list().ofMaxSize(10);
    }

    private static List<TelemetryValue> distinct(List<TelemetryValue> values) {
        Map<Integer, TelemetryValue> byId = new LinkedHashMap<>();
        values.forEach(v -> byId.put(v.attributeId(), v));
        return List.copyOf(byId.values());
    }

    /** UTF-8 has no lone surrogates. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static List<ChunkWriter.Chunk> cut(List<TelemetryRecord> records) {
        ChunkWriter writer = new ChunkWriter();
        records.forEach(writer::add);
        return writer.finish();
    }

    private String golden(String name) throws IOException {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("/golden/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private record Told(List<String> told) implements ChunkReader.Handler {
        private static int last;

        @Override
        public void begin(int index, String entityId, long eventAtMicros) {
            last = index;
        }

        @Override
        public void text(int attributeId, char[] buffer, int from, int length) {}

        @Override
        public void flag(int attributeId, boolean value) {}

        @Override
        public void int64(int attributeId, long value) {}

        @Override
        public void float64(int attributeId, double value) {}

        @Override
        public void moment(int attributeId, long micros) {}

        @Override
        public void nothing(int attributeId) {}

        @Override
        public void end() {
            told.add("end " + last);
        }

        @Override
        public void broken(int index, String reason) {
            told.add("broken " + index);
        }
    }
}
