package io.ashlar.authz.planning;

import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.RowScope;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.dsl.SqlCompiler;
import io.ashlar.filter.dsl.Statement;
import io.ashlar.filter.dsl.Store;
import io.ashlar.filter.dsl.StreamSpec;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The planner's main test: {@link PlanTrial} with the rows in PostgreSQL, read by the SQL that the router would run. The build
 * runs some; {@code -Dplan.cases=20000} runs them all.
 */
final class PlanSqlIT {

    private static final UUID TENANT = new UUID(9, 1);

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of(Server.CONTROL);

    @Test
    void theRowsOfThePlansSqlAreTheAllowedRows() throws Exception {
        Endpoints endpoints = STACK.endpoints();
        try (Connection connection = DriverManager.getConnection(
                endpoints.jdbcUrl(Server.CONTROL),
                Endpoints.SUPERUSER,
                endpoints.databasePassword(Endpoints.SUPERUSER))) {
            long seed = Long.getLong("plan.seed", 1);
            int cases = Integer.getInteger("plan.cases", 2_000);
            System.out.println(new PlanTrial(new Table(connection)).run(seed, cases));
        }
    }

    /** One table, filled anew for each batch. */
    private record Table(Connection connection) implements PlanTrial.Rows {

        private static final String RELATION = Things.DATASET.relation();

        Table {
            try (var statement = connection.createStatement()) {
                statement.execute("DROP SCHEMA IF EXISTS plan_it CASCADE");
                statement.execute("CREATE SCHEMA plan_it");
                statement.execute("CREATE TABLE " + RELATION + " (tenant_id uuid NOT NULL, "
                        + Things.FIELDS.stream()
                                .map(field -> field.column() + " " + sqlType(field.type()))
                                .collect(Collectors.joining(", "))
                        + ")");
            } catch (SQLException e) {
                throw new IllegalStateException("no table", e);
            }
        }

        private static String sqlType(FieldType type) {
            return switch (type) {
                // A collation that plans must not depend on.
                case STRING, TEXT, ENUM -> "text COLLATE \"und-x-icu\"";
                case BOOL -> "boolean";
                case INT64, MONEY -> "bigint";
                case DECIMAL -> "numeric";
                case DOUBLE -> "double precision";
                case TIMESTAMP -> "timestamptz";
                case DATE -> "date";
                case UUID -> "uuid";
                case STRINGS -> "text[]";
            };
        }

        @Override
        public void fill(List<Map<String, Object>> rows) throws SQLException {
            String sql = "INSERT INTO " + RELATION + " VALUES (?" + ", ?".repeat(Things.FIELDS.size()) + ")";
            try (var truncate = connection.createStatement();
                    PreparedStatement insert = connection.prepareStatement(sql)) {
                truncate.execute("TRUNCATE " + RELATION);
                for (Map<String, Object> row : rows) {
                    insert.setObject(1, TENANT);
                    int column = 2;
                    for (Things.Declared field : Things.FIELDS) {
                        insert.setObject(column++, bound(row.get(field.column())));
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }

        private @Nullable Object bound(@Nullable Object value) throws SQLException {
            if (value instanceof Instant instant) {
                return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            }
            return value instanceof List<?> list ? connection.createArrayOf("text", list.toArray()) : value;
        }

        @Override
        public Set<String> passing(Filter filter) throws SQLException {
            Statement statement = new SqlCompiler(Store.POSTGRESQL)
                    .stream(new StreamSpec(
                            new RowScope(Things.DATASET, TENANT, filter),
                            List.of(new SortKey("c_id", SortKey.Direction.ASC)),
                            List.of("c_id")));
            Set<String> ids = new TreeSet<>();
            try (PreparedStatement prepared = connection.prepareStatement(statement.jdbcSql())) {
                for (int i = 0; i < statement.binds().size(); i++) {
                    Object bind = statement.binds().get(i);
                    prepared.setObject(
                            i + 1,
                            bind instanceof Object[] many
                                    ? connection.createArrayOf(Statement.elementType(many), many)
                                    : bind);
                }
                try (ResultSet rows = prepared.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getString(1));
                    }
                }
            }
            return ids;
        }
    }
}
