package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The canonical query is the query: read again it has the same filter, the same hash, and the same text. */
final class QueryJsonTest {

    @Test
    void isTheSameQuery() {
        int lists = 0;
        for (long seed = 1; seed <= 300; seed++) {
            RandomQuery random = new RandomQuery(RandomSchema.of(seed, Pool.WIDE), seed);
            Query query = Differential.read(seed % 3 == 0 ? random.groups() : random.rows());
            JsonNode canonical = QueryJson.write(query);
            Query again = Differential.read(canonical);
            assertThat(again.filter()).isEqualTo(query.filter());
            assertThat(QueryHash.of(again)).isEqualTo(QueryHash.of(query));
            assertThat(QueryJson.write(again)).isEqualTo(canonical);
            assertThat(canonical.path("filters").isArray()).isEqualTo(query.filter() instanceof Filter.And);
            lists += canonical.path("filters").isArray() ? 1 : 0;
        }
        assertThat(lists).isBetween(20, 280);
    }

    @Test
    void aListIsNoLevelDeeper() {
        Filter filter = Filter.where("a").eq(1).and(Filter.where("b").eq(2));
        Query query = new Query(filter, List.of(), PageRequest.first(), List.of(), "UTC");
        assertThat(QueryJson.write(query).toString()).isEqualTo("""
                {"filters":[{"field":"a","op":"eq","value":1},{"field":"b","op":"eq","value":2}],"sort":[],"fields":[],"tz":"UTC"}\
                """);
    }
}
