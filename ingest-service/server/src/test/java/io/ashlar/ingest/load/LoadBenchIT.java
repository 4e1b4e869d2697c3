package io.ashlar.ingest.load;

import static io.ashlar.ingest.app.Api.TENANT_A;
import static io.ashlar.ingest.app.Api.count;
import static io.ashlar.ingest.app.Api.declare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.app.IngestStack;
import io.ashlar.ingest.event.ChunkHeaders;
import io.ashlar.ingest.event.ChunkWriter;
import io.ashlar.ingest.event.EventTime;
import io.ashlar.ingest.event.TelemetryRecord;
import io.ashlar.ingest.event.TelemetryValue;
import io.ashlar.ingest.event.Topics;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A reading, not an assertion: rows per second of the loader (decode, sort, encode, COPY, projection, ledger, fence, commit)
 * against raw COPY BINARY of the same rows, encoded before, into the same leaf by one connection, in the same run.
 */
@QuarkusTest
@IngestStack
@EnabledIfSystemProperty(named = "ashlar.bench", matches = "true")
final class LoadBenchIT {

    private static final int RECORDS = 40_000;
    private static final int RECORDS_PER_CHUNK = 1_000;
    private static final int ROWS_PER_LOAD = 20_000;
    private static final int ROUNDS = 4;
    private static final String[] AIRPORTS = {"ATL", "ORD", "DFW", "JFK", "LAX", "SEA"};

    @Inject
    @DataSource("system")
    AgroalDataSource system;

    @Inject
    AttributeCatalog catalog;

    @Inject
    ChunkDecoder decoder;

    private final Map<String, Integer> attributes = new HashMap<>();

    @Test
    void readSpeed() throws Exception {
        for (Map.Entry<String, String> attribute : Map.of(
                        "delay",
                        "int64",
                        "distance",
                        "int64",
                        "origin",
                        "string",
                        "destination",
                        "string",
                        "date",
                        "timestamp")
                .entrySet()) {
            declare("ed", attribute.getKey(), attribute.getValue());
            attributes.put(attribute.getKey(), (int) count(
                    "SELECT attribute_id FROM ingest.attributes WHERE tenant_id = ? AND name = ?",
                    TENANT_A,
                    attribute.getKey()));
        }
        double raw = 0;
        double one = 0;
        double two = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // The best of the rounds: the first ones warm the compiler up.
            raw = Math.max(raw, raw());
            one = Math.max(one, load(1));
            two = Math.max(two, load(2));
        }
        write(raw, one, two);
    }

    private double raw() throws Exception {
        RowBuffer buffer = new RowBuffer();
        PartitionHold hold = new PartitionHold(200, 1, 0);
        long offset = 0;
        List<byte[]> encoded = new ArrayList<>();
        long rows = 0;
        CopyBinary binary = new CopyBinary();
        for (byte[] body : bodies()) {
            decoder.decode(buffer, hold, chunk(hold.partition(), offset++, body));
            if (buffer.rows >= ROWS_PER_LOAD) {
                int[] order = IntStream.range(0, buffer.rows).toArray();
                RowOrder.sort(buffer, order, order.length);
                binary.begin();
                for (int row : order) {
                    binary.row(buffer, row, (short) Topics.TELEMETRY.number());
                }
                binary.end();
                encoded.add(Arrays.copyOf(binary.bytes(), binary.size()));
                rows += buffer.rows;
                buffer = new RowBuffer();
            }
        }
        long began = System.nanoTime();
        try (Connection connection = system.getConnection()) {
            for (byte[] bytes : encoded) {
                LeafCopy.write(connection, LeafCopy.monthOf(System.currentTimeMillis() * 1_000), bytes, bytes.length);
            }
        }
        return rows / seconds(began);
    }

    private double load(int lanes) throws Exception {
        List<List<byte[]>> bodies = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            bodies.add(bodies());
        }
        long began = System.nanoTime();
        long rows = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
            List<Future<Long>> loads = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                int partition = 201 + lane;
                List<byte[]> mine = bodies.get(lane);
                loads.add(threads.submit(() -> loadAll(partition, mine)));
            }
            for (Future<Long> load : loads) {
                rows += load.get();
            }
        }
        return rows / seconds(began);
    }

    private long loadAll(int partition, List<byte[]> bodies) throws Exception {
        long rows = 0;
        try (Connection connection = system.getConnection()) {
            PartitionHold hold = Fence.acquire(connection, partition, 0).orElseThrow();
            StoreTransaction transaction = new StoreTransaction(catalog);
            RowBuffer buffer = new RowBuffer();
            long offset = hold.nextOffset();
            for (byte[] body : bodies) {
                decoder.decode(buffer, hold, chunk(partition, offset++, body));
                if (buffer.rows >= ROWS_PER_LOAD) {
                    rows += transaction.store(connection, buffer).rows();
                    buffer = new RowBuffer();
                }
            }
        }
        return rows;
    }

    private List<byte[]> bodies() {
        Random random = new Random(1);
        String run = UUID.randomUUID().toString();
        long start = EventTime.microsOf(Instant.parse("2001-01-01T00:00:00Z"));
        List<byte[]> bodies = new ArrayList<>();
        for (int first = 0; first < RECORDS; first += RECORDS_PER_CHUNK) {
            ChunkWriter writer = new ChunkWriter();
            for (int i = 0; i < RECORDS_PER_CHUNK; i++) {
                long at = start + (first + i) * 60_000_000L;
                writer.add(new TelemetryRecord(
                        i,
                        "flight:" + run.substring(0, 8) + (first + i),
                        at,
                        List.of(
                                new TelemetryValue.Int64(id("delay"), random.nextInt(200)),
                                new TelemetryValue.Int64(id("distance"), random.nextInt(2_000)),
                                new TelemetryValue.Text(id("origin"), AIRPORTS[random.nextInt(AIRPORTS.length)]),
                                new TelemetryValue.Text(id("destination"), AIRPORTS[random.nextInt(AIRPORTS.length)]),
                                new TelemetryValue.Moment(id("date"), at))));
            }
            writer.finish().forEach(chunk -> bodies.add(chunk.body()));
        }
        return bodies;
    }

    private int id(String name) {
        return attributes.getOrDefault(name, -1);
    }

    private static ConsumerRecord<byte[], byte[]> chunk(int partition, long offset, byte[] body) {
        RecordHeaders headers = new RecordHeaders();
        new ChunkHeaders(
                        TENANT_A,
                        "bench",
                        UUID.randomUUID().toString(),
                        "a".repeat(64),
                        0,
                        1,
                        RECORDS_PER_CHUNK,
                        Instant.now())
                .write()
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return new ConsumerRecord<>(
                Topics.TELEMETRY.name(),
                partition,
                offset,
                System.currentTimeMillis(),
                TimestampType.LOG_APPEND_TIME,
                -1,
                body.length,
                null,
                body,
                headers,
                Optional.empty());
    }

    private static void write(double raw, double one, double two) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode result = json.createObjectNode();
        result.put("benchmark", "ingest-load");
        result.put("at", Instant.now().toString());
        result.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        result.put("processors", Runtime.getRuntime().availableProcessors());
        result.put("load_average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        result.put("jdk", System.getProperty("java.vm.version"));
        result.put("commit", commit());
        result.put("rows_per_record", 5);
        result.put("raw_copy_rows_per_second", Math.round(raw));
        result.put("loader_one_lane_rows_per_second", Math.round(one));
        result.put("loader_two_lanes_rows_per_second", Math.round(two));
        result.put("ratio_one_lane_to_raw", Math.round(one / raw * 100) / 100.0);
        result.put("ratio_two_lanes_to_raw", Math.round(two / raw * 100) / 100.0);
        Path root = Path.of(System.getProperty("ashlar.root", "../.."));
        Path file = root.resolve("deploy/bench/results/ingest-load.json");
        Files.createDirectories(file.getParent());
        String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
        Files.writeString(file, text);
        System.out.println(text);
    }

    private static String commit() throws Exception {
        Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
