package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The texts under {@code golden/statements.sql}: what a database administrator will see. */
final class SqlCompilerTest {

    private static final UUID TENANT = new UUID(1, 2);
    private static final SqlCompiler COMPILER = new SqlCompiler();

    @Test
    void texts() throws IOException {
        Map<String, Statement> statements = new LinkedHashMap<>();
        statements.put("count", COMPILER.count(flights("{}")));
        statements.put(
                "first page",
                page(
                        flights("{'field':'delay','op':'gt','value':60}"),
                        List.of(new SortKey("delay", Direction.DESC), new SortKey("entity_id", Direction.DESC)),
                        null));
        statements.put(
                "next page, nulls last",
                page(
                        flights("{}"),
                        List.of(new SortKey("delay", Direction.DESC), new SortKey("entity_id", Direction.DESC)),
                        Arrays.asList(Literal.of(60), Literal.of("flight:7"))));
        statements.put(
                "next page, nulls first",
                page(
                        flights("{}"),
                        List.of(
                                new SortKey("delay", Direction.ASC, Nulls.FIRST),
                                new SortKey("entity_id", Direction.ASC)),
                        Arrays.asList(Literal.of(60), Literal.of("flight:7"))));
        statements.put(
                "next page after nulls",
                page(
                        flights("{}"),
                        List.of(
                                new SortKey("delay", Direction.ASC, Nulls.FIRST),
                                new SortKey("entity_id", Direction.ASC)),
                        Arrays.asList(null, Literal.of("flight:7"))));
        statements.put(
                "next page, one way and never absent",
                COMPILER.page(new PageSpec(
                        new RowScope(Datasets.ACCOUNTS, TENANT, Filter.all()),
                        List.of(new SortKey("created_at", Direction.DESC), new SortKey("id", Direction.DESC)),
                        List.of("balance"),
                        50,
                        List.of(Literal.of("2026-01-01T00:00:00.000000Z"), Literal.of(TENANT.toString())))));
        statements.put(
                "stream of every operator",
                COMPILER.stream(new StreamSpec(flights("""
                    {'and':[{'field':'origin','op':'eq','value':'ORD'},{'field':'origin','op':'neq','value':'ORD'},\
                    {'field':'delay','op':'between','value':[0,60]},{'field':'origin','op':'in','value':['a','b']},\
                    {'field':'origin','op':'contains','value':'a%','ci':true},\
                    {'field':'date','op':'lte','value':'2001-01-01T00:00:00.000000Z'},\
                    {'or':[{'field':'delay','op':'is_null','value':true},{'field':'delay','op':'gte','value':1}]}]}\
                    """), List.of(), List.of("origin", "date"))));
        statements.put("complement of every operator", COMPILER.count(flights("""
            {'not':{'and':[{'field':'origin','op':'eq','value':'ORD'},{'field':'origin','op':'neq','value':'ORD'},\
            {'field':'delay','op':'between','value':[0,60]},{'field':'origin','op':'in','value':['a','b']},\
            {'or':[{'field':'delay','op':'is_null','value':true},{'not':{'field':'delay','op':'gte','value':1}}]},\
            {'or':[]},{'and':[]}]}}\
            """)));
        StringBuilder texts = new StringBuilder();
        statements.forEach((name, statement) -> texts.append("-- ")
                .append(name)
                .append('\n')
                .append(statement.sql())
                .append("\n\n"));
        assertThat(texts.toString().strip()).isEqualTo(golden());
    }

    @Test
    void theTextDependsOnTheShapeAlone() {
        String three = COMPILER.count(flights("{'field':'origin','op':'in','value':['a','b','c']}"))
                .sql();
        String none = COMPILER.count(flights("{'field':'origin','op':'in','value':[]}"))
                .sql();
        assertThat(three).isEqualTo(none);
    }

    @Test
    void bindsAreTypedAndInOrder() {
        Statement statement = page(
                flights("{'and':[{'field':'date','op':'gte','value':'2001-01-01T00:00:00.000000Z'},"
                        + "{'field':'delay','op':'in','value':[1,2]}]}"),
                List.of(new SortKey("entity_id", Direction.ASC)),
                List.of(Literal.of("flight:7")));
        assertThat(statement.binds())
                .usingRecursiveComparison()
                .isEqualTo(List.of(
                        TENANT,
                        "flight:",
                        "flight;",
                        OffsetDateTime.parse("2001-01-01T00:00:00Z"),
                        new Long[] {1L, 2L},
                        "flight:7",
                        51L));
        assertThat(statement.jdbcSql()).doesNotContain("$").contains("?::uuid", "= ANY (?::bigint[])");
        assertThat(statement.columns())
                .containsExactly(new Column("origin", FieldType.STRING), new Column("entity_id", FieldType.STRING));
        assertThat(statement.released()).isEqualTo(1);
        assertThat(statement.position()).containsExactly(1);
    }

    @Test
    void whatDoesNotFitIsABug() {
        List<SortKey> byDelay = List.of(new SortKey("delay", Direction.ASC), new SortKey("entity_id", Direction.ASC));
        RowScope all = flights("{}");
        assertThatThrownBy(() -> page(all, byDelay, List.of(Literal.of(1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(all, byDelay, Arrays.asList(Literal.of(1), null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> page(all, byDelay, List.of(Literal.of("1"), Literal.of("flight:1"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COMPILER.count(flights("{'segment':'x'}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COMPILER.count(flights("{'field':'nothing','op':'eq','value':1}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> COMPILER.count(flights("{'field':'delay','op':'eq','value':'x'}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Statement page(RowScope rows, List<SortKey> sort, @Nullable List<@Nullable Literal> position) {
        return COMPILER.page(new PageSpec(rows, sort, List.of("origin"), 50, position));
    }

    private static RowScope flights(String filter) {
        String json = "{\"filters\":" + filter.replace('\'', '"') + "}";
        Filter read = new QueryReader()
                .read(json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(faults -> new IllegalStateException(json + faults))
                .filter();
        return new RowScope(Datasets.FLIGHTS, TENANT, read);
    }

    private static String golden() throws IOException {
        try (InputStream in = SqlCompilerTest.class.getResourceAsStream("/golden/statements.sql")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
