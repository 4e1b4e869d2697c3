package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The relation behind {@link Datasets#THINGS} on a real server, and statements run on it as JDBC callers run them. */
final class ThingsTable implements AutoCloseable {

    private static final String INSERT = """
            INSERT INTO dsl_it.things (tenant_id, id, rank, c_string, c_bool, c_int64, c_decimal, c_double,
                c_timestamp, c_date, c_uuid, attributes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            """;

    private final Connection connection;

    private ThingsTable(Connection connection) {
        this.connection = connection;
    }

    static Connection connect(StackExtension stack) throws SQLException {
        Endpoints endpoints = stack.endpoints();
        return DriverManager.getConnection(
                endpoints.jdbcUrl(Server.CONTROL),
                Endpoints.SUPERUSER,
                endpoints.databasePassword(Endpoints.SUPERUSER));
    }

    static ThingsTable create(StackExtension stack) throws SQLException {
        Connection connection = connect(stack);
        try (var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS dsl_it CASCADE");
            statement.execute("CREATE SCHEMA dsl_it");
            statement.execute("""
                    CREATE TABLE dsl_it.things (
                        tenant_id uuid NOT NULL,
                        id text COLLATE "C" NOT NULL,
                        rank integer NOT NULL,
                        c_string text COLLATE "und-x-icu",
                        c_bool boolean,
                        c_int64 bigint,
                        c_decimal numeric,
                        c_double double precision,
                        c_timestamp timestamptz,
                        c_date date,
                        c_uuid uuid,
                        attributes jsonb NOT NULL,
                        PRIMARY KEY (tenant_id, id)
                    )
                    """);
        }
        return new ThingsTable(connection);
    }

    /** Rows as the interpreter takes them. */
    void insert(UUID tenant, List<Map<String, @Nullable Object>> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map<String, @Nullable Object> row : rows) {
                insert.setObject(1, tenant);
                insert.setObject(2, row.get("id"));
                insert.setObject(3, row.get("rank"));
                int column = 4;
                for (FieldType type : Datasets.FIRST_TYPES) {
                    insert.setObject(column++, sql(row.get("c_" + type.wire())));
                }
                insert.setString(column, attributes(row).toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The planner's choice, one line a node or condition. */
    List<String> explain(Statement statement) throws SQLException {
        try (PreparedStatement prepared =
                        prepare(connection, "EXPLAIN (COSTS OFF) " + statement.jdbcSql(), statement.binds());
                ResultSet result = prepared.executeQuery()) {
            List<String> lines = new ArrayList<>();
            while (result.next()) {
                lines.add(result.getString(1).strip());
            }
            return lines;
        }
    }

    /** The result's rows, in order, as the columns' constants. */
    List<List<@Nullable Literal>> run(Statement statement) throws SQLException {
        try (PreparedStatement prepared = prepare(connection, statement.jdbcSql(), statement.binds())) {
            List<List<@Nullable Literal>> rows = new ArrayList<>();
            try (ResultSet result = prepared.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result, statement));
                }
            }
            return rows;
        }
    }

    /** The row that the result stands on. */
    static List<@Nullable Literal> row(ResultSet result, Statement statement) throws SQLException {
        List<@Nullable Literal> row = new ArrayList<>();
        for (int i = 0; i < statement.columns().size(); i++) {
            FieldType type = statement.columns().get(i).type();
            row.add(RowValues.literal(type, read(result, i + 1, type)));
        }
        return row;
    }

    static PreparedStatement prepare(Connection connection, String sql, List<Object> binds) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(sql);
        for (int i = 0; i < binds.size(); i++) {
            Object bind = binds.get(i);
            prepared.setObject(
                    i + 1,
                    bind instanceof Object[] many ? connection.createArrayOf(Statement.elementType(many), many) : bind);
        }
        return prepared;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static ObjectNode attributes(Map<String, @Nullable Object> row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (FieldType type : Datasets.FIRST_TYPES) {
            Object value = row.get("j_" + type.wire());
            if (value != null) {
                node.set(type.wire(), FilterJson.write(Values.literal(value)));
            } else if (row.get("rank") instanceof Long rank && rank % 2 == 0) {
                // JSON's null and a missing member are both an absent value.
                node.putNull(type.wire());
            }
        }
        return node;
    }

    private static @Nullable Object sql(@Nullable Object value) {
        return value instanceof Instant instant ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
    }

    private static @Nullable Object read(ResultSet result, int column, FieldType type) throws SQLException {
        return switch (type) {
            case STRING, TEXT, ENUM, STRINGS -> result.getObject(column, String.class);
            case BOOL -> result.getObject(column, Boolean.class);
            case INT64, MONEY -> result.getObject(column, Long.class);
            case DECIMAL -> result.getObject(column, BigDecimal.class);
            case DOUBLE -> result.getObject(column, Double.class);
            case TIMESTAMP -> result.getObject(column, OffsetDateTime.class);
            case DATE -> result.getObject(column, LocalDate.class);
            case UUID -> result.getObject(column, UUID.class);
        };
    }
}
