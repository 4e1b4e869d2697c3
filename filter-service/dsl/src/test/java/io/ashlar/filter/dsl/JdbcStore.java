package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.sql.Array;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL or DuckDB behind JDBC. */
final class JdbcStore implements TrialStore {

    private final Store kind;
    private final Connection connection;

    private JdbcStore(Store kind, Connection connection) throws SQLException {
        this.kind = kind;
        this.connection = connection;
        execute("DROP SCHEMA IF EXISTS diff CASCADE");
        execute("CREATE SCHEMA diff");
    }

    static JdbcStore postgres(Connection connection) throws SQLException {
        return new JdbcStore(Store.POSTGRESQL, connection);
    }

    static JdbcStore duckDb() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET threads = 1");
        }
        return new JdbcStore(Store.DUCKDB, connection);
    }

    @Override
    public Store kind() {
        return kind;
    }

    @Override
    public void fill(Dataset dataset, Map<UUID, List<Map<String, @Nullable Object>>> rows) throws SQLException {
        List<Field> columns = dataset.fields().stream()
                .filter(field -> field.source() instanceof Source.Column)
                .toList();
        String json = kind == Store.POSTGRESQL ? "jsonb" : "JSON";
        execute("CREATE TABLE " + dataset.relation() + " (tenant_id uuid NOT NULL, attributes " + json + " NOT NULL, "
                + columns.stream().map(this::column).collect(Collectors.joining(", ")) + ")");
        String relation = attributes(dataset);
        if (relation != null) {
            execute("CREATE TABLE " + relation + " (tenant_id uuid NOT NULL, entity_id " + text("\"C\"")
                    + " NOT NULL, attribute_id integer NOT NULL, event_at timestamptz NOT NULL, seq bigint NOT NULL, "
                    + "v_string " + text("\"und-x-icu\"") + ", v_bool boolean, v_int64 bigint, "
                    + "v_double double precision, v_timestamp timestamptz)");
        }
        for (Map.Entry<UUID, List<Map<String, @Nullable Object>>> tenant : rows.entrySet()) {
            insert(dataset, columns, tenant.getKey(), tenant.getValue());
            if (relation != null) {
                attributes(dataset, relation, tenant.getKey(), tenant.getValue());
            }
        }
    }

    private String column(Field field) {
        String type = field.type().isText()
                ? text(field.name().equals("id") ? "\"C\"" : "\"und-x-icu\"")
                : kind.dialect().typeName(field.type());
        return field.name() + " " + type + (field.nullable() ? "" : " NOT NULL");
    }

    /** A collation that the compiler must not depend on. */
    private String text(String collation) {
        return kind == Store.POSTGRESQL ? "text COLLATE " + collation : "VARCHAR";
    }

    private void insert(Dataset dataset, List<Field> columns, UUID tenant, List<Map<String, @Nullable Object>> rows)
            throws SQLException {
        String json = kind == Store.POSTGRESQL ? "?::jsonb" : "?::JSON";
        String sql = "INSERT INTO " + dataset.relation() + " (tenant_id, attributes, "
                + columns.stream().map(Field::name).collect(Collectors.joining(", ")) + ") VALUES (?::uuid, " + json
                + columns.stream()
                        .map(field -> ", ?::" + kind.dialect().typeName(field.type()))
                        .collect(Collectors.joining())
                + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Map<String, @Nullable Object> row : rows) {
                insert.setObject(1, tenant);
                insert.setString(2, Attributes.document(dataset, row).toString());
                for (int i = 0; i < columns.size(); i++) {
                    insert.setObject(i + 3, sql(row.get(columns.get(i).name())));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void attributes(Dataset dataset, String relation, UUID tenant, List<Map<String, @Nullable Object>> rows)
            throws SQLException {
        for (Field field : dataset.fields()) {
            if (!(field.source() instanceof Source.Eav source)) {
                continue;
            }
            String sql =
                    "INSERT INTO " + relation + " (tenant_id, entity_id, attribute_id, event_at, seq, " + source.value()
                            + ") VALUES (?::uuid, ?, ?, TIMESTAMPTZ '2026-01-01 00:00:00+00', ?, ?::"
                            + kind.dialect().typeName(field.type()) + ")";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (Map<String, @Nullable Object> row : rows) {
                    for (Attributes.Fact fact : Attributes.facts(field, row)) {
                        insert.setObject(1, tenant);
                        insert.setObject(2, row.get("id"));
                        insert.setObject(3, source.id());
                        insert.setObject(4, fact.seq());
                        insert.setObject(5, sql(fact.value()));
                        insert.addBatch();
                    }
                }
                insert.executeBatch();
            }
        }
    }

    static @Nullable String attributes(Dataset dataset) {
        return dataset.fields().stream()
                .map(Field::source)
                .filter(Source.Eav.class::isInstance)
                .map(source -> ((Source.Eav) source).relation())
                .findFirst()
                .orElse(null);
    }

    private @Nullable Object sql(@Nullable Object value) throws SQLException {
        return switch (value) {
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            case LocalDate day -> day.toString();
            case List<?> texts -> array(texts.toArray(String[]::new));
            case null -> null;
            default -> value;
        };
    }

    private Array array(Object[] many) throws SQLException {
        return connection.createArrayOf(Statement.elementType(kind, many), many);
    }

    @Override
    public List<List<@Nullable Literal>> run(Statement statement) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement.jdbcSql())) {
            for (int i = 0; i < statement.binds().size(); i++) {
                Object bind = statement.binds().get(i);
                prepared.setObject(i + 1, bind instanceof Object[] many ? array(many) : bind);
            }
            List<List<@Nullable Literal>> rows = new ArrayList<>();
            try (ResultSet result = prepared.executeQuery()) {
                while (result.next()) {
                    List<@Nullable Literal> row = new ArrayList<>();
                    for (int i = 0; i < statement.columns().size(); i++) {
                        FieldType type = statement.columns().get(i).type();
                        row.add(RowValues.literal(type, read(result, i + 1, type)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    private static @Nullable Object read(ResultSet result, int column, FieldType type) throws SQLException {
        return switch (type) {
            case STRING, TEXT, ENUM -> result.getString(column);
            case BOOL -> result.getObject(column, Boolean.class);
            case INT64, MONEY -> result.getObject(column, Long.class);
            case DECIMAL -> result.getObject(column, BigDecimal.class);
            case DOUBLE -> result.getObject(column, Double.class);
            case TIMESTAMP -> result.getObject(column, OffsetDateTime.class);
            // As text, because DuckDB's driver moves the days that the Gregorian calendar left out.
            case DATE -> {
                String day = result.getString(column);
                yield day == null ? null : LocalDate.parse(day);
            }
            case UUID -> result.getObject(column, UUID.class);
            case STRINGS -> {
                Array array = result.getArray(column);
                yield array == null
                        ? null
                        : Arrays.stream((Object[]) array.getArray())
                                .map(String.class::cast)
                                .toList();
            }
        };
    }

    @Override
    public void drop(Dataset dataset) throws SQLException {
        execute("DROP TABLE " + dataset.relation());
        String relation = attributes(dataset);
        if (relation != null) {
            execute("DROP TABLE " + relation);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
