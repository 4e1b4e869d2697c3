package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ClickHouse and the interpreter give the same rows, but for the deviations that the README lists. */
final class ClickHouseDifferentialIT {

    private static final String URL = System.getProperty("ashlar.clickhouse.url", "");

    @BeforeEach
    void skipLoudly() {
        if (URL.isEmpty()) {
            System.err.println("SKIPPED: no ClickHouse engine; set -Dashlar.clickhouse.url=http://127.0.0.1:8123");
        }
        Assumptions.assumeFalse(URL.isEmpty(), "no ClickHouse engine");
    }

    @Test
    void clickHouseAndTheInterpreterAgree() throws Exception {
        try (ClickHouseStore clickHouse = new ClickHouseStore(URI.create(URL))) {
            int cases = Integer.getInteger("ashlar.differential.cases", 600);
            System.out.println(new Differential(List.of(clickHouse), Pool.NARROW).run(cases));
        }
    }

    /** Lower case of whole words instead of single characters: deviation 1. */
    @Test
    void lowerCaseLooksAtNeighbours() throws Exception {
        assertThat(ci("İ", "i")).isFalse();
        assertThat(ci("İ", "i\u0307")).isTrue();
        assertThat(ci("ΑΣ", "ασ")).isFalse();
        assertThat(ci("ΑΣ", "ας")).isTrue();
    }

    /** Whether ClickHouse finds the value by the constant without regard to case, where the interpreter would not. */
    private static boolean ci(String value, String constant) throws Exception {
        return !found(
                        new Field("f", FieldType.STRING, new Source.Column("f")),
                        value,
                        Filter.where("f").eq(constant).ci())
                .isEmpty();
    }

    /** A list cannot be null: deviation 2. */
    @Test
    void anAbsentListIsAnEmptyOne() throws Exception {
        Field tags = new Field("f", FieldType.STRINGS, new Source.Column("f"));
        assertThat(found(tags, null, Filter.where("f").isNull())).isEmpty();
        assertThat(found(tags, null, Filter.where("f").isPresent()))
                .isEqualTo(List.of(List.of(new Literal.Texts(List.of()))));
        assertThat(found(tags, null, Filter.where("f").hasAll())).hasSize(1);
    }

    private static List<List<@Nullable Literal>> found(Field field, @Nullable Object value, Filter filter)
            throws Exception {
        Dataset dataset = new Dataset(
                "deviation",
                1,
                "diff.deviation",
                "tenant_id",
                List.of("id"),
                "Thing",
                null,
                List.of(new Field("id", FieldType.STRING, new Source.Column("id")).notNull(), field));
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("id", "one");
        row.put("f", value);
        UUID tenant = new UUID(1, 1);
        try (ClickHouseStore clickHouse = new ClickHouseStore(URI.create(URL))) {
            clickHouse.fill(dataset, Map.of(tenant, List.of(row)));
            return clickHouse.run(new SqlCompiler(Store.CLICKHOUSE)
                    .stream(new StreamSpec(new RowScope(dataset, tenant, filter), List.of(), List.of("f"))));
        }
    }
}
