package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.Filter.And;
import io.ashlar.filter.dsl.Filter.Condition;
import io.ashlar.filter.dsl.Filter.Not;
import io.ashlar.filter.dsl.Filter.Or;
import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A compiler that remembers texts says what one says that writes each anew: the same statements, and the same refusals. */
final class RememberedTextsTest {

    private static final int SCHEMAS = 60;
    private static final int QUERIES = 8;
    private static final int VARIANTS = 6;
    private static final Pool POOL = Pool.WIDE;

    /** Of every kind, so that most fit no field where they come to stand. */
    private static final List<Literal> ANY = List.of(
            Literal.of("x"),
            Literal.of(""),
            Literal.of("\uDBFF\uDFFF"),
            Literal.of(7),
            Literal.of(new BigDecimal("0.5")),
            Literal.of(new BigDecimal("1e40")),
            Literal.of(true),
            Literal.of("2026-01-01"),
            Literal.of("2026-02-30T00:00:00Z"));

    private final SqlCompiler anew = new SqlCompiler();

    /**
     * What came of an operation.
     *
     * @param refusal what was said instead of a statement
     */
    private record Outcome(
            @Nullable Statement statement, @Nullable String refusal) {

        static Outcome of(SqlCompiler compiler, Function<SqlCompiler, Statement> operation) {
            try {
                return new Outcome(operation.apply(compiler), null);
            } catch (IllegalArgumentException e) {
                return new Outcome(null, e.getMessage());
            }
        }

        boolean isSame(Outcome other) {
            if (statement == null || other.statement == null) {
                return statement == null
                        && other.statement == null
                        && String.valueOf(refusal).equals(other.refusal);
            }
            return statement.sql().equals(other.statement.sql())
                    && Arrays.deepEquals(
                            statement.binds().toArray(), other.statement.binds().toArray())
                    && statement.columns().equals(other.statement.columns())
                    && statement.released() == other.statement.released()
                    && statement.position().equals(other.statement.position());
        }
    }

    /** Random datasets, all of one relation with fields of the same names, and each query again with other values. */
    @Test
    void asIfEachWereWrittenAnew() {
        KnownTexts texts = new KnownTexts(256);
        SqlCompiler remembering = SqlCompiler.remembering(texts);
        Set<String> instances = Collections.newSetFromMap(new IdentityHashMap<>());
        int found = 0;
        int refused = 0;
        for (long seed = 1; seed <= SCHEMAS; seed++) {
            RandomSchema schema = RandomSchema.of(seed, POOL);
            Dataset dataset = ofOneRelation(schema.dataset());
            for (int i = 0; i < QUERIES; i++) {
                long querySeed = seed * QUERIES + i;
                Random random = new Random(querySeed);
                CheckedQuery query = checked(schema, random, querySeed);
                for (int variant = 0; variant < VARIANTS; variant++) {
                    Filter filter = variant == 0 ? query.filter() : other(query.filter(), dataset, random);
                    RowScope rows = new RowScope(dataset, new UUID(7, random.nextLong()), filter);
                    PageSpec page = new PageSpec(
                            rows,
                            query.sort(),
                            query.fields(),
                            1 + random.nextInt(50),
                            position(query, dataset, random));
                    StreamSpec stream = new StreamSpec(rows, query.sort(), query.fields());
                    for (Function<SqlCompiler, Statement> operation : List.<Function<SqlCompiler, Statement>>of(
                            compiler -> compiler.page(page),
                            compiler -> compiler.pageInParts(page).getFirst(),
                            compiler -> compiler.pageInParts(page).getLast(),
                            compiler -> compiler.stream(stream),
                            compiler -> compiler.count(rows))) {
                        Outcome wanted = Outcome.of(anew, operation);
                        Outcome outcome = Outcome.of(remembering, operation);
                        assertThat(outcome.isSame(wanted))
                                .as("seed %d, variant %d: %s instead of %s", querySeed, variant, outcome, wanted)
                                .isTrue();
                        if (outcome.statement() == null) {
                            refused++;
                        } else if (!instances.add(outcome.statement().sql())) {
                            found++;
                        }
                    }
                }
            }
        }
        // Nothing would be shown by texts that are never found again, nor by values that all fit.
        assertThat(found).isGreaterThan(SCHEMAS * QUERIES);
        assertThat(refused).isGreaterThan(SCHEMAS);
        assertThat(texts.size()).isGreaterThan(200);
    }

    private static Dataset ofOneRelation(Dataset dataset) {
        return new Dataset(
                "random",
                1,
                "diff.one",
                dataset.tenantColumn(),
                dataset.key(),
                dataset.cedarType(),
                dataset.entityPrefix(),
                dataset.fields());
    }

    private static CheckedQuery checked(RandomSchema schema, Random random, long seed) {
        Query query = Differential.read(new RandomQuery(schema, seed).rows());
        return Differential.checker(random)
                .check(query, schema.dataset(), Datasets.visible(schema.dataset()))
                .orElseThrow(faults -> new IllegalStateException(query + ": " + faults));
    }

    private static Filter other(Filter filter, Dataset dataset, Random random) {
        return switch (filter) {
            case Condition condition ->
                new Condition(
                        condition.field(),
                        condition.op(),
                        other(condition.operand(), dataset.require(condition.field()), random),
                        condition.ignoreCase());
            case And(List<Filter> nodes) -> new And(others(nodes, dataset, random));
            case Or(List<Filter> nodes) -> new Or(others(nodes, dataset, random));
            case Not(Filter node) -> new Not(other(node, dataset, random));
            case Filter.All all -> all;
            case Filter.Segment segment -> segment;
        };
    }

    private static List<Filter> others(List<Filter> nodes, Dataset dataset, Random random) {
        return nodes.stream().map(node -> other(node, dataset, random)).toList();
    }

    private static Operand other(Operand operand, Field field, Random random) {
        return switch (operand) {
            case Operand.One(Literal.Flag(boolean flag)) -> new Operand.One(Literal.of(flag == random.nextBoolean()));
            case Operand.One one -> new Operand.One(constant(field, random));
            case Operand.Range range -> new Operand.Range(constant(field, random), constant(field, random));
            case Operand.Many many -> {
                List<Literal> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(constant(field, random));
                }
                yield new Operand.Many(values);
            }
            case Operand.During during -> during;
        };
    }

    private static Literal constant(Field field, Random random) {
        if (random.nextInt(12) == 0) {
            return Pool.pick(random, ANY);
        }
        return field.type() == FieldType.STRINGS
                ? Literal.of(Pool.pick(random, POOL.texts()))
                : Values.literal(POOL.value(random, field, true));
    }

    private static @Nullable List<@Nullable Literal> position(CheckedQuery query, Dataset dataset, Random random) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        List<@Nullable Literal> position = new ArrayList<>();
        for (SortKey key : query.sort()) {
            Field field = dataset.require(key.field());
            boolean ranked = key.rank() != null;
            boolean absent = random.nextInt(field.nullable() && !ranked ? 3 : 40) == 0;
            Literal value = ranked ? Literal.of(random.nextInt(3)) : constant(field, random);
            position.add(absent ? null : value);
        }
        if (random.nextInt(40) == 0) {
            position.removeLast();
        }
        return position;
    }

    /** One query of datasets that differ in one thing each. */
    @Test
    void noPartOfAMappingIsTakenForAnother() {
        Field id = new Field("id", FieldType.STRING, new Source.Column("id")).notNull();
        Field a = new Field("a", FieldType.INT64, new Source.Column("a"));
        List<Dataset> datasets = List.of(
                dataset("s.one", "tenant_id", null, id, a),
                dataset("s.two", "tenant_id", null, id, a),
                dataset("s.one", "org_id", null, id, a),
                dataset("s.one", "tenant_id", "p:", id, a),
                dataset("s.one", "tenant_id", null, id, a.notNull()),
                dataset("s.one", "tenant_id", null, id, new Field("a", FieldType.DOUBLE, a.source())),
                dataset("s.one", "tenant_id", null, id, new Field("a", FieldType.INT64, new Source.Column("b"))),
                dataset(
                        "s.one",
                        "tenant_id",
                        null,
                        id,
                        new Field("a", FieldType.INT64, new Source.JsonField("a", "a"))),
                dataset(
                        "s.one",
                        "tenant_id",
                        null,
                        id,
                        new Field("a", FieldType.INT64, new Source.JsonPath("a", List.of("a", "a")))));
        SqlCompiler remembering = SqlCompiler.remembering();
        Set<String> texts = new java.util.HashSet<>();
        for (int round = 0; round < 2; round++) {
            for (Dataset dataset : datasets) {
                PageSpec page = new PageSpec(
                        new RowScope(
                                dataset, new UUID(1, round), Filter.where("a").gt(round)),
                        List.of(new SortKey("a", Direction.ASC, Nulls.LAST), new SortKey("id", Direction.ASC)),
                        List.of("a"),
                        10,
                        List.of(Literal.of(5), Literal.of("x")));
                Outcome outcome = Outcome.of(remembering, compiler -> compiler.page(page));
                assertThat(outcome.isSame(Outcome.of(anew, compiler -> compiler.page(page))))
                        .isTrue();
                texts.add(String.valueOf(outcome.statement()).replaceAll("binds=.*", ""));
            }
        }
        assertThat(texts).hasSize(datasets.size());
    }

    private static Dataset dataset(String relation, String tenant, @Nullable String prefix, Field... fields) {
        return new Dataset("d", 1, relation, tenant, List.of("id"), "D", prefix, List.of(fields));
    }

    @Test
    void manyThreadsInLittleRoom() throws Exception {
        KnownTexts texts = new KnownTexts(8);
        SqlCompiler remembering = SqlCompiler.remembering(texts);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int start = thread * 17;
                work.add(threads.submit(() -> {
                    int same = 0;
                    for (int i = 0; i < 5_000; i++) {
                        RowScope rows = shape((start + i) % 50, i);
                        boolean equal = Outcome.of(remembering, compiler -> compiler.count(rows))
                                .isSame(Outcome.of(anew, compiler -> compiler.count(rows)));
                        same += equal ? 1 : 0;
                    }
                    return same;
                }));
            }
            for (Future<Integer> done : work) {
                assertThat(done.get()).isEqualTo(5_000);
            }
        }
        assertThat(texts.size()).isEqualTo(8);
    }

    /** One of many shapes, with a value. */
    private static RowScope shape(int number, long value) {
        Filter filter = Filter.where("delay").gt(value);
        for (int i = 0; i < number; i++) {
            filter = filter.and(Filter.where("distance").lt(i));
        }
        return new RowScope(Datasets.FLIGHTS, new UUID(3, value), filter);
    }

    @Test
    void whatIsLongOrJoinedIsNotRemembered() {
        KnownTexts texts = new KnownTexts(8);
        SqlCompiler remembering = SqlCompiler.remembering(texts);
        RowScope attributes = new RowScope(
                Datasets.ORDERS, new UUID(1, 1), Filter.where("speed").gt(60));
        assertThat(Outcome.of(remembering, compiler -> compiler.count(attributes))
                        .isSame(Outcome.of(anew, compiler -> compiler.count(attributes))))
                .isTrue();
        RowScope deep = shape(2_000, 1);
        assertThat(Outcome.of(remembering, compiler -> compiler.count(deep))
                        .isSame(Outcome.of(anew, compiler -> compiler.count(deep))))
                .isTrue();
        assertThat(texts.size()).isZero();
    }
}
