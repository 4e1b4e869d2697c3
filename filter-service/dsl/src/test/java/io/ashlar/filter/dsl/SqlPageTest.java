package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.SortKey.Direction;
import io.ashlar.filter.dsl.SortKey.Nulls;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Into how many selects a page is split, and that each is of the one tenant and bounded. */
final class SqlPageTest {

    private static final UUID TENANT = new UUID(5, 6);
    private static final SortKey ID = new SortKey("id", Direction.ASC);
    private static final @Nullable Literal NONE = null;

    @Test
    void nullsBehindAValueAreAnArm() {
        assertThat(selects(List.of(last("total"), ID), Literal.of(1), Literal.of("x")))
                .isEqualTo(2);
        assertThat(selects(List.of(first("total"), ID), Literal.of(1), Literal.of("x")))
                .isEqualTo(1);
    }

    @Test
    void valuesBehindNullsAreAnArm() {
        assertThat(selects(List.of(first("total"), ID), NONE, Literal.of("x"))).isEqualTo(2);
        assertThat(selects(List.of(last("total"), ID), NONE, Literal.of("x"))).isEqualTo(1);
    }

    @Test
    void eachKeyThatMayBeAbsentUpToTheBound() {
        List<SortKey> sort = List.of(last("total"), last("due"), last("rate"), ID);
        Literal day = Literal.of("2026-01-01");
        assertThat(selects(sort, Literal.of(1), NONE, NONE, Literal.of("x"))).isEqualTo(2);
        assertThat(selects(sort, Literal.of(1), day, NONE, Literal.of("x"))).isEqualTo(3);
        assertThat(selects(sort, Literal.of(1), day, Literal.of(2), Literal.of("x")))
                .isEqualTo(3);
    }

    @Test
    void theFirstPageAndWhatHasNoIndexAreOne() {
        assertThat(selects(compiled(Store.POSTGRESQL, List.of(last("total"), ID), "note", null)))
                .isEqualTo(1);
        assertThat(selects(List.of(last("serial"), ID), Literal.of("s"), Literal.of("x")))
                .isEqualTo(1);
        SortKey relevance = new SortKey("note", Direction.DESC, Nulls.LAST, "late bag");
        assertThat(selects(List.of(relevance, last("total"), ID), Literal.of(1), Literal.of(1), Literal.of("x")))
                .isEqualTo(1);
        List<@Nullable Literal> position = List.of(Literal.of(1), Literal.of("x"));
        assertThat(selects(compiled(Store.POSTGRESQL, List.of(last("total"), ID), "speed", position)))
                .isEqualTo(1);
        assertThat(selects(compiled(Store.DUCKDB, List.of(last("total"), ID), "note", position)))
                .isEqualTo(1);
        assertThat(selects(compiled(Store.CLICKHOUSE, List.of(last("total"), ID), "note", position)))
                .isEqualTo(1);
    }

    @Test
    void eachArmIsOfTheTenantAndLimited() {
        Statement page =
                compiled(Store.POSTGRESQL, List.of(last("total"), ID), "note", List.of(Literal.of(1), Literal.of("x")));
        assertThat(count(page.sql(), "\"tenant_id\" = $")).isEqualTo(2);
        assertThat(page.binds().stream().filter(TENANT::equals)).hasSize(2);
        assertThat(count(page.sql(), " LIMIT $")).isEqualTo(3);
        assertThat(page.binds().stream().filter(bind -> bind.equals(51L))).hasSize(3);
        assertThat(page.columns().stream().map(Column::name)).containsExactly("note", "total", "id");
        assertThat(page.released()).isEqualTo(1);
        assertThat(page.position()).containsExactly(1, 2);
    }

    @Test
    void theFirstKeysArmIsAStatementOfItsOwn() {
        List<Statement> values = parts(List.of(last("total"), ID), Literal.of(1), Literal.of("x"));
        assertThat(values).hasSize(2);
        assertThat(values).allSatisfy(part -> assertThat(selects(part)).isEqualTo(1));
        assertThat(values.getFirst().sql()).contains("(t.\"total\", t.\"id\" COLLATE \"C\") > (");
        assertThat(values.getLast().sql()).contains("t.\"total\" IS NULL ORDER BY");
        List<Statement> nulls = parts(List.of(first("total"), ID), NONE, Literal.of("x"));
        assertThat(nulls).hasSize(2);
        assertThat(nulls.getFirst().sql()).contains("(t.\"total\" IS NULL AND (t.\"id\" COLLATE \"C\" >");
        assertThat(nulls.getLast().sql()).contains("t.\"total\" IS NOT NULL ORDER BY");
        assertThat(parts(List.of(first("total"), ID), Literal.of(1), Literal.of("x")))
                .hasSize(1);
        assertThat(parts(List.of(last("total"), ID), NONE, Literal.of("x"))).hasSize(1);
    }

    @Test
    void otherKeysArmsAreMergedIntoTheFirstPart() {
        Literal day = Literal.of("2026-01-01");
        List<Statement> parts = parts(List.of(last("total"), last("due"), ID), Literal.of(1), day, Literal.of("x"));
        assertThat(parts.stream().map(SqlPageTest::selects)).containsExactly(2, 1);
        List<Statement> inner =
                parts(List.of(new SortKey("placed_at", Direction.ASC), last("due"), ID), time(), day, Literal.of("x"));
        assertThat(inner.stream().map(SqlPageTest::selects)).containsExactly(2);
    }

    private static Literal time() {
        return Literal.of("2026-01-01T00:00:00.000000Z");
    }

    private static List<Statement> parts(List<SortKey> sort, @Nullable Literal... position) {
        RowScope rows = new RowScope(Datasets.ORDERS, TENANT, Filter.all());
        return new SqlCompiler().pageInParts(new PageSpec(rows, sort, List.of("note"), 50, Arrays.asList(position)));
    }

    private static SortKey last(String field) {
        return new SortKey(field, Direction.ASC, Nulls.LAST);
    }

    private static SortKey first(String field) {
        return new SortKey(field, Direction.ASC, Nulls.FIRST);
    }

    private static int selects(List<SortKey> sort, @Nullable Literal... position) {
        return selects(compiled(Store.POSTGRESQL, sort, "note", Arrays.asList(position)));
    }

    private static int selects(Statement page) {
        return 1 + count(page.sql(), " UNION ALL ");
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    private static Statement compiled(
            Store store, List<SortKey> sort, String field, @Nullable List<@Nullable Literal> position) {
        RowScope rows = new RowScope(Datasets.ORDERS, TENANT, Filter.all());
        return new SqlCompiler(store).page(new PageSpec(rows, sort, List.of(field), 50, position));
    }
}
