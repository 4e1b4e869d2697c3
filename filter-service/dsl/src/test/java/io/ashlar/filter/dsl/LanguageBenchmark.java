package io.ashlar.filter.dsl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a query of six predicates costs from its bytes to its statement, its compilation alone, and how many rows of three
 * predicates the interpreter tests; one thread. JMH extends this class, hence neither final nor package-private.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 2)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LanguageBenchmark {

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
    private static final int ROWS = 100_000;

    private final QueryReader reader = new QueryReader();
    private final QueryReader rememberingReader = QueryReader.remembering();
    private final Checker checker = new Checker();
    private final SqlCompiler compiler = new SqlCompiler();
    private final Set<String> visible = Datasets.visible(Datasets.FLIGHTS);
    private final SqlCompiler remembering = SqlCompiler.remembering();
    private final CheckedQuery checked = checked(reader, QUERY);
    private final List<byte[]> bodies = bodies();
    private final List<Asked> sameShape = sameShape();
    private int turn;
    private final Predicate<Map<String, ? extends @Nullable Object>> test = new Interpreter()
            .predicate(
                    Filter.where("delay")
                            .gt(60)
                            .and(Filter.where("origin").eq("ORD"))
                            .and(Filter.where("distance").between(100, 2_000)),
                    Datasets.FLIGHTS);
    private final List<Map<String, Object>> rows = rows();

    /** For JMH. */
    public LanguageBenchmark() {}

    /** From the client's bytes to the statement. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Object readCheckCompile() {
        return compiled(compiler, Datasets.FLIGHTS, checked(reader, QUERY));
    }

    /** The same, where the shape was seen before with other values. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Object readCheckCompileSeenShape() {
        turn = (turn + 1) % sameShape.size();
        return compiled(remembering, Datasets.FLIGHTS, checked(rememberingReader, bodies.get(turn)));
    }

    /** From the checked tree to the statement: what the router does for a seal of a shape that it has not seen. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Object compileAlone() {
        return compiled(compiler, Datasets.FLIGHTS, checked);
    }

    /** The same of a shape that was seen before with other values: what the router does for nearly every seal. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public Object compileSeenShape() {
        turn = (turn + 1) % sameShape.size();
        Asked asked = sameShape.get(turn);
        return compiled(remembering, asked.dataset(), asked.query());
    }

    /** Rows, a third of which pass the first predicate and the second. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OperationsPerInvocation(ROWS)
    public int interpret() {
        int found = 0;
        for (Map<String, Object> row : rows) {
            found += test.test(row) ? 1 : 0;
        }
        return found;
    }

    /**
     * A query of the one shape.
     *
     * @param query as it comes out of a seal
     * @param dataset read anew, so that no part of it is known by its identity
     */
    private record Asked(CheckedQuery query, Dataset dataset) {}

    /** One query with other values each. */
    private static List<byte[]> bodies() {
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String json = new String(QUERY, StandardCharsets.UTF_8)
                    .replace("60", Integer.toString(60 + i))
                    .replace("JFK", "JF" + (char) ('A' + i))
                    .replace("2001-01-01", "2001-01-%02d".formatted(i + 1));
            bodies.add(json.getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }

    private List<Asked> sameShape() {
        DatasetJson datasets = new DatasetJson();
        List<Asked> asked = new ArrayList<>();
        for (byte[] body : bodies) {
            Dataset dataset = datasets.read(datasets.write(Datasets.FLIGHTS))
                    .orElseThrow(faults -> new IllegalStateException(faults.toString()));
            asked.add(new Asked(checked(reader, body), dataset));
        }
        return asked;
    }

    private CheckedQuery checked(QueryReader from, byte[] json) {
        return from.read(json)
                .then(query -> checker.check(query, Datasets.FLIGHTS, visible))
                .orElseThrow(faults -> new IllegalStateException(faults.toString()));
    }

    private static Statement compiled(SqlCompiler compiler, Dataset dataset, CheckedQuery query) {
        RowScope scope = new RowScope(dataset, TENANT, query.filter());
        return compiler.page(new PageSpec(scope, query.sort(), query.fields(), query.limit(), null));
    }

    private static List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>(ROWS);
        for (int i = 0; i < ROWS; i++) {
            long delay = i * 31L % 180;
            rows.add(Map.of("delay", delay, "origin", i % 3 == 0 ? "ORD" : "JFK", "distance", i % 3_000L));
        }
        return rows;
    }
}
