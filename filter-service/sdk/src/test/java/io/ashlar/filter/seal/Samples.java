package io.ashlar.filter.seal;

import io.ashlar.filter.dsl.CheckedAggregate;
import io.ashlar.filter.dsl.Checker;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import io.ashlar.filter.dsl.QueryReader;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import io.ashlar.filter.dsl.Source;
import io.ashlar.filter.seal.SealedQuery.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fixed key, a fixed clock and queries of every form, shared by the tests of this package. */
final class Samples {

    static final String KEY = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final SealKeys KEYS = SealKeys.parse(KEY);
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final UUID TENANT = UUID.fromString("0a0a0a0a-1b1b-4c4c-8d8d-0e0e0e0e0e0e");

    private Samples() {}

    static SealWriter writer() {
        return new SealWriter(KEYS, Duration.ofSeconds(60), CLOCK, () -> "AAAAAAAAAAAAAAAAAAAAAA");
    }

    static SealReader reader() {
        return new SealReader(KEYS, CLOCK);
    }

    static Dataset flights() {
        return new Dataset(
                "flights",
                3,
                "ingest.entity_jsonb",
                "tenant_id",
                List.of("id"),
                "Flight",
                "flight:",
                List.of(
                        field("id", FieldType.STRING, new Source.Column("entity_id"))
                                .notNull(),
                        field("origin", FieldType.STRING, new Source.JsonField("attributes", "origin")),
                        field("delay", FieldType.INT64, new Source.JsonField("attributes", "delay")),
                        field("distance", FieldType.INT64, new Source.JsonField("attributes", "distance"))
                                .withSensitivity("commercial"),
                        field("date", FieldType.TIMESTAMP, new Source.JsonField("attributes", "date"))));
    }

    /** With the operators that there were when the golden seals were written; a seal says which a field has. */
    private static Field field(String name, FieldType type, Source source) {
        Set<Op> operators = EnumSet.of(Op.EQ, Op.NEQ, Op.GT, Op.GTE, Op.LT, Op.LTE, Op.BETWEEN, Op.IN, Op.IS_NULL);
        if (type == FieldType.STRING) {
            operators.add(Op.CONTAINS);
        }
        return new Field(name, type, source, Field.PUBLIC, name, true, operators);
    }

    static Filter filter() {
        return new Filter.And(List.of(
                new Filter.Condition("delay", Op.GT, new Operand.One(Literal.of(60))),
                new Filter.Condition("origin", Op.IN, new Operand.Many(List.of(Literal.of("ORD"), Literal.of("JFK")))),
                new Filter.Not(new Filter.Condition("date", Op.IS_NULL, new Operand.One(Literal.of(true))))));
    }

    static SealedQuery page(@Nullable List<@Nullable Literal> position) {
        return query(Operation.PAGE, position, null);
    }

    /** Of every form: grouped by a bucket and by a field, each kind of measure, a having, an order, a zone. */
    static CheckedAggregate aggregate() {
        String query = """
                {"aggregate":{"group_by":[{"field":"date","bucket":"month","as":"month"},{"field":"origin"}],
                 "measures":[{"fn":"count","as":"flights"},{"fn":"count_distinct","field":"origin"},
                             {"fn":"sum","field":"delay"},{"fn":"avg","field":"delay"},{"fn":"min","field":"delay"},
                             {"fn":"max","field":"date"},{"fn":"percentile","field":"delay","p":0.95,"as":"p95"}],
                 "having":[{"field":"flights","op":"gte","value":10},{"field":"p95","op":"lt","value":600}]},
                 "sort":[{"field":"sum_delay","dir":"desc"}],"page":{"limit":25},"tz":"America/Chicago"}""";
        return new QueryReader()
                .read(query.getBytes(StandardCharsets.UTF_8))
                .then(read -> new Checker().checkAggregate(read, flights(), Set.of("date", "origin", "delay")))
                .orElseThrow(faults -> new IllegalStateException(faults.toString()))
                .and(filter());
    }

    static SealedQuery aggregate(@Nullable List<@Nullable Literal> position) {
        SealedQuery page = page(null);
        return SealedQuery.aggregate(
                TENANT,
                "ana",
                flights(),
                aggregate(),
                position,
                page.masked(),
                null,
                page.policyVersion(),
                page.planHash());
    }

    /** One of this operation; of an explanation, that of a page. */
    static SealedQuery of(
            Operation op, @Nullable List<@Nullable Literal> position, @Nullable Map<String, Map<Integer, Long>> asOf) {
        return switch (op) {
            case PAGE, STREAM, COUNT, DESCRIBE -> query(op, position, asOf);
            case AGGREGATE -> aggregate(positionOfGroup());
            case EXPLAIN -> query(Operation.PAGE, position, asOf).toExplain();
        };
    }

    /** Sum, month, and no origin. */
    static List<@Nullable Literal> positionOfGroup() {
        return Arrays.asList(Literal.of(61), Literal.of("2001-01-01"), null);
    }

    static SealedQuery query(
            Operation op, @Nullable List<@Nullable Literal> position, @Nullable Map<String, Map<Integer, Long>> asOf) {
        return new SealedQuery(
                TENANT,
                "ana",
                op,
                flights(),
                filter(),
                List.of(new SortKey("delay", Direction.DESC, Nulls.LAST), new SortKey("id", Direction.ASC)),
                100,
                position,
                List.of("id", "origin", "delay"),
                List.of("distance"),
                asOf,
                7,
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    static List<@Nullable Literal> position() {
        return List.of(Literal.of(61), Literal.of("flight:17"));
    }

    static List<@Nullable Literal> positionAfterNull() {
        return Arrays.asList(null, Literal.of(true));
    }
}
