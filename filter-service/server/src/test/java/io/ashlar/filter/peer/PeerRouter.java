package io.ashlar.filter.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.AggregateSpec;
import io.ashlar.filter.dsl.Column;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.PageSpec;
import io.ashlar.filter.dsl.RowScope;
import io.ashlar.filter.dsl.RowValues;
import io.ashlar.filter.dsl.SqlCompiler;
import io.ashlar.filter.dsl.Statement;
import io.ashlar.filter.dsl.StreamSpec;
import io.ashlar.filter.peer.PeerServer.Answer;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs sealed queries on one PostgreSQL, for this module's tests. No choice of nodes, no proof. */
final class PeerRouter {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SqlCompiler COMPILER = new SqlCompiler();

    private static final String COLUMNS = """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
              FROM pg_attribute a WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum
            """;

    private static final String INDEXES = """
            SELECT c.relname, m.amname,
                   ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, TRUE) FROM generate_series(1, i.indnkeyatts) AS k)
              FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
             WHERE i.indrelid = to_regclass(?) AND i.indisvalid
            """;

    private final String url;
    private final String password;
    private long lsn = 0x3000000;

    PeerRouter(String url, String password) {
        this.url = url;
        this.password = password;
    }

    Answer run(SealedQuery query) throws SQLException {
        try (Connection connection = connect()) {
            return switch (query.op()) {
                case PAGE, AGGREGATE -> page(connection, query);
                case COUNT -> count(connection, query);
                case EXPLAIN -> explain(connection, query);
                case DESCRIBE -> describe(connection, query.dataset().relation());
                case STREAM -> PeerServer.problem(400, "operation_mismatch", "not here");
            };
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", password);
    }

    private static Statement compiled(SealedQuery query) {
        RowScope rows = new RowScope(query.dataset(), query.tenant(), query.filter());
        return switch (query.op()) {
            case PAGE ->
                COMPILER.page(new PageSpec(rows, query.sort(), query.fields(), query.limit(), query.position()));
            case AGGREGATE ->
                COMPILER.aggregate(
                        new AggregateSpec(rows, Objects.requireNonNull(query.aggregate()), query.position()));
            case STREAM -> COMPILER.stream(new StreamSpec(rows, query.sort(), query.fields()));
            case COUNT -> COMPILER.count(rows);
            case EXPLAIN, DESCRIBE -> throw new IllegalArgumentException("not a statement over rows");
        };
    }

    private static PreparedStatement prepared(Connection connection, String prefix, Statement statement)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(prefix + statement.jdbcSql());
        for (int i = 0; i < statement.binds().size(); i++) {
            Object bind = statement.binds().get(i);
            prepared.setObject(
                    i + 1,
                    bind instanceof Object[] values
                            ? connection.createArrayOf(Statement.elementType(values), values)
                            : bind);
        }
        return prepared;
    }

    private Answer count(Connection connection, SealedQuery query) throws SQLException {
        try (PreparedStatement prepared = prepared(connection, "", compiled(query));
                ResultSet result = prepared.executeQuery()) {
            result.next();
            return new Answer(200, fresh(query).put("count", result.getLong(1)), -1);
        }
    }

    private Answer explain(Connection connection, SealedQuery query) throws SQLException {
        try (PreparedStatement prepared = prepared(connection, "EXPLAIN (FORMAT JSON) ", compiled(query.explained()));
                ResultSet result = prepared.executeQuery()) {
            result.next();
            JsonNode plan = JSON.readTree(result.getString(1)).path(0).path("Plan");
            ObjectNode answer = fresh(query);
            answer.put("store", "postgresql");
            answer.put("estimated_rows", plan.path("Plan Rows").doubleValue());
            answer.put("estimated_total_cost", plan.path("Total Cost").doubleValue());
            steps(plan, 0, answer.putArray("plan"));
            return new Answer(200, answer, -1);
        } catch (JsonProcessingException malformed) {
            throw new SQLException(malformed);
        }
    }

    private static void steps(JsonNode plan, int depth, ArrayNode steps) {
        ObjectNode step = steps.addObject()
                .put("depth", depth)
                .put("type", plan.path("Node Type").textValue());
        step.put("relation", plan.path("Relation Name").textValue());
        step.put("index", plan.path("Index Name").textValue());
        step.put("rows", plan.path("Plan Rows").doubleValue());
        step.put("cost", plan.path("Total Cost").doubleValue());
        step.put("filtered", plan.has("Filter"));
        plan.path("Plans").forEach(inner -> steps(inner, depth + 1, steps));
    }

    private Answer page(Connection connection, SealedQuery query) throws SQLException {
        Statement statement = compiled(query);
        ArrayNode rows = JSON.createArrayNode();
        ArrayNode position = JSON.createArrayNode();
        boolean more = false;
        try (PreparedStatement prepared = prepared(connection, "", statement)) {
            try (ResultSet result = prepared.executeQuery()) {
                while (result.next()) {
                    if (rows.size() == query.limit()) {
                        more = true;
                        break;
                    }
                    List<JsonNode> values = new ArrayList<>();
                    for (int i = 0; i < statement.columns().size(); i++) {
                        values.add(
                                value(result, i + 1, statement.columns().get(i).type()));
                    }
                    ObjectNode row = rows.addObject();
                    for (int i = 0; i < statement.released(); i++) {
                        Column column = statement.columns().get(i);
                        row.set(column.name(), values.get(i));
                    }
                    position.removeAll();
                    statement.position().forEach(index -> position.add(values.get(index)));
                }
            }
        }
        ObjectNode answer = fresh(query);
        answer.set("rows", rows);
        answer.put("has_more", more);
        if (more) {
            answer.set("next_position", position);
        }
        return new Answer(200, answer, -1);
    }

    /** As the contract spells values. */
    private static JsonNode value(ResultSet result, int column, FieldType type) throws SQLException {
        Object value =
                switch (type) {
                    case TIMESTAMP -> result.getObject(column, OffsetDateTime.class);
                    case DATE -> result.getObject(column, LocalDate.class);
                    case STRING, TEXT, ENUM, BOOL, INT64, MONEY, DECIMAL, DOUBLE, UUID -> result.getObject(column);
                    case STRINGS -> {
                        Array array = result.getArray(column);
                        yield array == null ? null : array.getArray();
                    }
                };
        Literal literal = RowValues.literal(type, value);
        return literal == null ? JSON.getNodeFactory().nullNode() : FilterJson.write(literal);
    }

    private Answer describe(Connection connection, String relation) throws SQLException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode columns = answer.putArray("columns");
        try (PreparedStatement prepared = connection.prepareStatement(COLUMNS)) {
            prepared.setString(1, relation);
            try (ResultSet result = prepared.executeQuery()) {
                while (result.next()) {
                    columns.addObject()
                            .put("name", result.getString(1))
                            .put("type", result.getString(2))
                            .put("nullable", result.getBoolean(3));
                }
            }
        }
        if (columns.isEmpty()) {
            return PeerServer.problem(422, "relation_unknown", "no such relation");
        }
        ArrayNode indexes = answer.putArray("indexes");
        try (PreparedStatement prepared = connection.prepareStatement(INDEXES)) {
            prepared.setString(1, relation);
            try (ResultSet result = prepared.executeQuery()) {
                while (result.next()) {
                    ObjectNode index =
                            indexes.addObject().put("name", result.getString(1)).put("method", result.getString(2));
                    ArrayNode keys = index.putArray("columns");
                    Array array = result.getArray(3);
                    for (Object key : (Object[]) array.getArray()) {
                        keys.add(String.valueOf(key));
                    }
                }
            }
        }
        answer.put("source", "primary").put("lag_ms", 0).put("consistency", "eventual");
        return new Answer(200, answer.put("reason", "primary").put("token", "v1.e30"), -1);
    }

    private ObjectNode fresh(SealedQuery query) {
        lsn += 0x60;
        String token = ConsistencyToken.at(1, query.tenant(), new LogPosition(1, lsn), Instant.now())
                .text();
        return JSON.createObjectNode()
                .put("source", "replica-1")
                .put("lag_ms", 3)
                .put("consistency", "eventual")
                .put("reason", "replica")
                .put("token", token);
    }
}
