package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A reading, not an assertion: what a query of six predicates costs from its bytes to its statement, and how many rows
 * the interpreter tests. Each run is timed by itself, so that the median says little of what else the machine did.
 */
@EnabledIfSystemProperty(named = "ashlar.bench", matches = "true")
final class FilterBench {

    private static final byte[] QUERY = """
            {"filters": [{"field": "delay", "op": "gt", "value": 60},
                         {"field": "origin", "op": "in", "value": ["ORD", "JFK", "LAX"]},
                         {"or": [{"field": "distance", "op": "lt", "value": 500},
                                 {"field": "destination", "op": "starts_with", "value": "S"}]},
                         {"not": {"field": "delay", "op": "between", "value": [120, 240]}},
                         {"field": "date", "op": "gte", "value": "2001-01-01"}],
             "sort": {"field": "delay", "dir": "desc"}, "tz": "America/Chicago"}
            """.getBytes(StandardCharsets.UTF_8);
    private static final UUID TENANT = new UUID(1, 2);
    private static final int WARM_UP = 200_000;
    private static final int RUNS = 100_000;
    private static final int ROWS = 200_000;
    private static final int ROUNDS = 30;

    private final QueryReader reader = new QueryReader();
    private final Checker checker = new Checker();
    private final SqlCompiler compiler = new SqlCompiler();
    private final Set<String> visible = Datasets.visible(Datasets.FLIGHTS);

    @Test
    void read() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode result = json.createObjectNode();
        result.put("benchmark", "filter-dsl");
        result.put("at", Instant.now().toString());
        result.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        result.put("processors", Runtime.getRuntime().availableProcessors());
        result.put("jdk", System.getProperty("java.vm.version"));
        result.put("commit", commit());
        result.put(
                "load_average_before",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        put(result, "read_check_compile", () -> compiled(checked()).sql().length());
        CheckedQuery checked = checked();
        put(result, "compile_alone", () -> compiled(checked).sql().length());
        result.put("interpreter_rows_per_second_3_predicates", rowsPerSecond());
        result.put(
                "load_average_after",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        Path results = Path.of(System.getProperty("ashlar.root"), "deploy", "bench", "results");
        Files.createDirectories(results);
        json.writerWithDefaultPrettyPrinter()
                .writeValue(results.resolve("filter-dsl.json").toFile(), result);
        System.out.println(result);
    }

    private static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
        return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private CheckedQuery checked() {
        return reader.read(QUERY)
                .then(query -> checker.check(query, Datasets.FLIGHTS, visible))
                .orElseThrow(faults -> new IllegalStateException(faults.toString()));
    }

    private Statement compiled(CheckedQuery query) {
        RowScope rows = new RowScope(Datasets.FLIGHTS, TENANT, query.filter());
        return compiler.page(new PageSpec(rows, query.sort(), query.fields(), query.limit(), null));
    }

    private static void put(ObjectNode result, String name, IntSupplier work) {
        long sum = 0;
        for (int i = 0; i < WARM_UP; i++) {
            sum += work.getAsInt();
        }
        long[] nanos = new long[RUNS];
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            sum += work.getAsInt();
            nanos[i] = System.nanoTime() - start;
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        Arrays.sort(nanos);
        ObjectNode node = result.putObject(name);
        node.put("p50_nanos", nanos[RUNS / 2]);
        node.put("p95_nanos", nanos[RUNS / 20 * 19]);
        node.put("bytes_allocated", bytes / RUNS);
        node.put("checksum", sum);
    }

    private static long rowsPerSecond() {
        Filter filter = Filter.where("delay")
                .gt(60)
                .and(Filter.where("origin").eq("ORD"))
                .and(Filter.where("distance").between(100, 2_000));
        Predicate<Map<String, ? extends @Nullable Object>> test = new Interpreter().predicate(filter, Datasets.FLIGHTS);
        List<Map<String, Object>> rows = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            rows.add(Map.of("delay", (long) (i * 31 % 180), "origin", i % 3 == 0 ? "ORD" : "JFK", "distance", (long)
                    (i % 3_000)));
        }
        long best = Long.MAX_VALUE;
        long found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (Map<String, Object> row : rows) {
                found += test.test(row) ? 1 : 0;
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return found == 0 ? 0 : ROWS * 1_000_000_000L / best;
    }
}
