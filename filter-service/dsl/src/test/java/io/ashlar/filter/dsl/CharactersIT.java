package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every query builds on: characters in lower case, words between separators, values that stay values. */
final class CharactersIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of(Server.CONTROL);

    private final SqlCompiler compiler = new SqlCompiler();

    /** Capital letters that came with Unicode 16, which DuckDB does not know yet. */
    private static final Set<Integer> UNICODE_16 = IntStream.concat(
                    IntStream.of(0x1C89, 0xA7CB, 0xA7CC, 0xA7DA, 0xA7DC), IntStream.rangeClosed(0x10D50, 0x10D65))
            .boxed()
            .collect(Collectors.toSet());

    private static final UUID TENANT = new UUID(9, 8);
    private static final Dataset CHARACTERS = new Dataset(
            "characters",
            1,
            "dsl_it.characters",
            "tenant_id",
            List.of("id"),
            "Character",
            null,
            List.of(
                    new Field("id", FieldType.INT64, new Source.Column("id")).notNull(),
                    new Field("lower", FieldType.STRING, new Source.Column("lower")),
                    new Field("note", FieldType.TEXT, new Source.Column("note"))));

    /** What lower case each character has, and whether words end at it, in a store and here. */
    @Test
    void postgresReadsEveryCharacterAsWeDo() throws SQLException {
        try (ThingsTable table = ThingsTable.create(STACK)) {
            characters(Store.POSTGRESQL, Set.of(), table.connection(), """
                    CREATE TABLE dsl_it.characters AS
                    SELECT '00000000-0000-0009-0000-000000000008'::uuid AS tenant_id, i::bigint AS id,
                        lower(chr(i) COLLATE "pg_c_utf8") AS lower, 'x' || chr(i) || 'y' AS note
                    FROM generate_series(1, 1114111) AS i WHERE i NOT BETWEEN 55296 AND 57343
                    """);
        }
    }

    @Test
    void duckDbReadsEveryCharacterAsWeDo() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA dsl_it");
            characters(Store.DUCKDB, UNICODE_16, connection, """
                    CREATE TABLE dsl_it.characters AS
                    SELECT '00000000-0000-0009-0000-000000000008'::uuid AS tenant_id, i::bigint AS id,
                        lower(chr(i::integer)) AS lower, 'x' || chr(i::integer) || 'y' AS note
                    FROM range(1, 1114112) AS t (i) WHERE i NOT BETWEEN 55296 AND 57343
                    """);
        }
    }

    private static void characters(Store store, Set<Integer> deviations, Connection connection, String create)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(create);
            List<Integer> differences = new ArrayList<>();
            try (ResultSet result = statement.executeQuery("SELECT id, lower FROM dsl_it.characters")) {
                while (result.next()) {
                    int codePoint = result.getInt(1);
                    // What the older of the two Unicode versions does not know yet is left to the next update.
                    if (Character.isDefined(codePoint)
                            && !Texts.lower(Character.toString(codePoint)).equals(result.getString(2))) {
                        differences.add(codePoint);
                    }
                }
            }
            assertThat(differences).as("of %s", store).isSubsetOf(deviations);
        }
        Filter alone = Filter.where("note").search("x");
        Statement search = new SqlCompiler(store)
                .stream(new StreamSpec(
                        new RowScope(CHARACTERS, TENANT, alone),
                        List.of(new SortKey("id", SortKey.Direction.ASC)),
                        List.of("id")));
        List<Integer> separators = new ArrayList<>();
        try (var select = connection.prepareStatement(search.jdbcSql())) {
            for (int i = 0; i < search.binds().size(); i++) {
                Object bind = search.binds().get(i);
                select.setObject(
                        i + 1,
                        bind instanceof Object[] many
                                ? connection.createArrayOf(Statement.elementType(store, many), many)
                                : bind);
            }
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    separators.add(result.getInt(1));
                }
            }
        }
        assertThat(separators)
                .isEqualTo(IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
                        .filter(Words::isSeparator)
                        .boxed()
                        .toList());
    }

    /** Payloads as data: each finds itself and nothing else, and the table is still there. */
    @Test
    void payloadsAreText() throws Exception {
        try (ThingsTable table = ThingsTable.create(STACK)) {
            List<String> payloads =
                    Payloads.all().stream().filter(Texts::isStorable).distinct().toList();
            UUID tenant = new UUID(9, 9);
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (int i = 0; i < payloads.size(); i++) {
                rows.add(Map.of("id", "thing:" + i, "rank", (long) i, "c_string", payloads.get(i)));
            }
            table.insert(tenant, rows);
            for (int i = 0; i < payloads.size(); i++) {
                Literal payload = Literal.of(payloads.get(i));
                for (Filter filter : Stream.of(
                                new Filter.Condition("c_string", Op.EQ, new Operand.One(payload)),
                                new Filter.Condition("c_string", Op.IN, new Operand.Many(List.of(payload))))
                        .toList()) {
                    Statement statement = compiler.stream(
                            new StreamSpec(new RowScope(Datasets.THINGS, tenant, filter), List.of(), List.of("rank")));
                    assertThat(table.run(statement)).as(payloads.get(i)).isEqualTo(List.of(List.of(Literal.of(i))));
                }
            }
        }
    }
}
