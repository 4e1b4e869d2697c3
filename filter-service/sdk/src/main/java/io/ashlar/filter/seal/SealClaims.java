package io.ashlar.filter.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.AggregateJson;
import io.ashlar.filter.dsl.CheckedAggregate;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.DatasetJson;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import io.ashlar.filter.seal.SealedQuery.Operation;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a seal, its names and their order. Frozen: a golden file holds a seal of every form ever written.
 *
 * <p>{@code explains} is there exactly where the operation is {@code explain}, {@code aggregate} exactly where groups are
 * asked for or explained; all other claims are in every seal. A claim that this version does not know is refused: it may be a restriction that a newer filter-service relies on.
 */
record SealClaims(String issuer, String audience, Instant issuedAt, Instant expiresAt, String id, SealedQuery query) {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final DatasetJson DATASETS = new DatasetJson();
    private static final FilterJson FILTERS = new FilterJson();
    private static final AggregateJson AGGREGATES = new AggregateJson();
    private static final String AGGREGATE = "aggregate";
    private static final String EXPLAINS = "explains";

    /** Of every seal. */
    private static final Set<String> NAMES = Set.of(
            "iss",
            "aud",
            "iat",
            "exp",
            "jti",
            "tenant",
            "sub",
            "op",
            "dataset",
            "filter",
            "sort",
            "limit",
            "position",
            "fields",
            "masked",
            "as_of",
            "policy_version",
            "plan_hash");

    static String write(SealedQuery query, String id, Instant issuedAt, Instant expiresAt) {
        ObjectNode claims = JSON.createObjectNode();
        claims.put("iss", SealWriter.ISSUER);
        claims.put("aud", SealWriter.AUDIENCE);
        claims.put("iat", issuedAt.getEpochSecond());
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("jti", id);
        claims.put("tenant", query.tenant().toString());
        claims.put("sub", query.subject());
        claims.put("op", query.op().wire());
        claims.set("dataset", DATASETS.write(query.dataset()));
        claims.set("filter", FILTERS.write(query.filter()));
        claims.set("sort", writeSort(query.sort()));
        claims.put("limit", query.limit());
        List<@Nullable Literal> position = query.position();
        if (position == null) {
            claims.putNull("position");
        } else {
            ArrayNode values = claims.putArray("position");
            position.forEach(
                    value -> values.add(value == null ? JSON.getNodeFactory().nullNode() : FilterJson.write(value)));
        }
        query.fields().forEach(claims.putArray("fields")::add);
        query.masked().forEach(claims.putArray("masked")::add);
        Map<String, Map<Integer, Long>> asOf = query.asOf();
        if (asOf == null) {
            claims.putNull("as_of");
        } else {
            ObjectNode topics = claims.putObject("as_of");
            asOf.keySet().stream().sorted().forEach(topic -> {
                ObjectNode offsets = topics.putObject(topic);
                asOf.get(topic).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(offset -> offsets.put(offset.getKey().toString(), offset.getValue()));
            });
        }
        claims.put("policy_version", query.policyVersion());
        claims.put("plan_hash", query.planHash());
        CheckedAggregate aggregate = query.aggregate();
        if (aggregate != null) {
            claims.set(AGGREGATE, AGGREGATES.write(aggregate));
        }
        Operation explains = query.explains();
        if (explains != null) {
            claims.put(EXPLAINS, explains.wire());
        }
        try {
            return JSON.writeValueAsString(claims);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON nodes could not be written", impossible);
        }
    }

    /** Empty if anything is missing, unknown or of another type; the seal is genuine, so that means another version. */
    static Optional<SealClaims> read(JsonNode claims) {
        if (!names(claims).equals(expected(claims))) {
            return Optional.empty();
        }
        try {
            SealedQuery query = query(claims);
            return Optional.of(new SealClaims(
                    text(claims, "iss"),
                    text(claims, "aud"),
                    Instant.ofEpochSecond(whole(claims, "iat")),
                    Instant.ofEpochSecond(whole(claims, "exp")),
                    text(claims, "jti"),
                    query));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException other) {
            return Optional.empty();
        }
    }

    private static Set<String> names(JsonNode claims) {
        Set<String> names = new HashSet<>();
        claims.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The claims that a seal for this operation has, no less and no more. */
    private static Set<String> expected(JsonNode claims) {
        Set<String> names = new HashSet<>(NAMES);
        String run = claims.path("op").asText();
        if (run.equals(Operation.EXPLAIN.wire())) {
            names.add(EXPLAINS);
            run = claims.path(EXPLAINS).asText();
        }
        if (run.equals(Operation.AGGREGATE.wire())) {
            names.add(AGGREGATE);
        }
        return names;
    }

    private static SealedQuery query(JsonNode claims) {
        Dataset dataset = dataset(claims.get("dataset"));
        Filter filter = filter(claims.get("filter"));
        List<SortKey> sort = sort(claims.get("sort"));
        int limit = Math.toIntExact(whole(claims, "limit"));
        JsonNode aggregate = claims.get(AGGREGATE);
        return new SealedQuery(
                UUID.fromString(text(claims, "tenant")),
                text(claims, "sub"),
                op(text(claims, "op")),
                dataset,
                filter,
                sort,
                limit,
                position(claims.get("position")),
                texts(claims.get("fields")),
                texts(claims.get("masked")),
                asOf(claims.get("as_of")),
                whole(claims, "policy_version"),
                text(claims, "plan_hash"),
                aggregate == null ? null : value(AGGREGATES.read(aggregate, dataset, filter, sort, limit)),
                claims.has(EXPLAINS) ? op(text(claims, EXPLAINS)) : null);
    }

    private static Dataset dataset(JsonNode node) {
        return value(DATASETS.read(node));
    }

    private static Filter filter(JsonNode node) {
        return value(FILTERS.read(node));
    }

    private static ArrayNode writeSort(List<SortKey> sort) {
        ArrayNode array = JSON.createArrayNode();
        for (SortKey key : sort) {
            ObjectNode node = array.addObject()
                    .put("field", key.field())
                    .put("dir", key.dir().wire())
                    .put("nulls", key.nulls().wire());
            if (key.rank() != null) {
                node.put("rank", key.rank());
            }
        }
        return array;
    }

    private static List<SortKey> sort(JsonNode node) {
        List<SortKey> sort = new ArrayList<>();
        for (JsonNode key : array(node)) {
            Direction dir = Direction.ofWire(text(key, "dir"));
            Nulls nulls = Nulls.ofWire(text(key, "nulls"));
            String rank = key.has("rank") ? text(key, "rank") : null;
            if (dir == null || nulls == null || key.size() != (rank == null ? 3 : 4)) {
                throw new IllegalArgumentException("a sort key is not understood");
            }
            sort.add(new SortKey(text(key, "field"), dir, nulls, rank));
        }
        return sort;
    }

    private static <T> T value(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Ok<T> ok -> ok.value();
            case Parsed.Faulty<T> faulty ->
                throw new IllegalArgumentException(faulty.faults().toString());
        };
    }

    private static Operation op(String wire) {
        for (Operation op : Operation.values()) {
            if (op.wire().equals(wire)) {
                return op;
            }
        }
        throw new IllegalArgumentException("op " + wire);
    }

    private static @Nullable List<@Nullable Literal> position(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        List<@Nullable Literal> values = new ArrayList<>();
        for (JsonNode value : array(node)) {
            values.add(FilterJson.literal(value));
        }
        return values;
    }

    private static @Nullable Map<String, Map<Integer, Long>> asOf(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        Map<String, Map<Integer, Long>> topics = new HashMap<>();
        for (Map.Entry<String, JsonNode> topic : object(node).properties()) {
            Map<Integer, Long> offsets = new HashMap<>();
            for (Map.Entry<String, JsonNode> offset : object(topic.getValue()).properties()) {
                if (!offset.getValue().isIntegralNumber() || !offset.getValue().canConvertToLong()) {
                    throw new IllegalArgumentException("an offset is a whole number");
                }
                offsets.put(Integer.valueOf(offset.getKey()), offset.getValue().longValue());
            }
            topics.put(topic.getKey(), offsets);
        }
        return topics;
    }

    private static List<String> texts(JsonNode node) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : array(node)) {
            if (!value.isTextual()) {
                throw new IllegalArgumentException("a text is expected");
            }
            values.add(value.textValue());
        }
        return values;
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("an object is expected");
    }

    private static ArrayNode array(JsonNode node) {
        if (node instanceof ArrayNode array) {
            return array;
        }
        throw new IllegalArgumentException("an array is expected");
    }

    private static String text(JsonNode claims, String name) {
        JsonNode node = claims.get(name);
        if (node == null || !node.isTextual()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return node.textValue();
    }

    private static long whole(JsonNode claims, String name) {
        JsonNode node = claims.get(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new IllegalArgumentException(name + " is no whole number");
        }
        return node.longValue();
    }
}
