package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Filters written in Java are the filters that JSON writes, and print as it. */
final class FilterBuilderTest {

    @Test
    void aFilterPrintsAsItsJson() {
        Filter filter = Filter.where("delay")
                .gt(60)
                .and(Filter.where("origin")
                        .in("ORD", "JFK")
                        .or(Filter.where("note").contains("fog").ci()))
                .and(Filter.where("seen").eq(true).not());
        assertThat(filter)
                .hasToString("{\"and\":[{\"field\":\"delay\",\"op\":\"gt\",\"value\":60},"
                        + "{\"or\":[{\"field\":\"origin\",\"op\":\"in\",\"value\":[\"ORD\",\"JFK\"]},"
                        + "{\"field\":\"note\",\"op\":\"contains\",\"value\":\"fog\",\"ci\":true}]},"
                        + "{\"not\":{\"field\":\"seen\",\"op\":\"eq\",\"value\":true}}]}");
    }

    @Test
    void constantsOfEveryClass() {
        UUID id = new UUID(1, 2);
        assertThat(List.of(
                                Filter.where("f").eq(1.5),
                                Filter.where("f").neq(new BigDecimal("0.10")),
                                Filter.where("f").gte(7L),
                                Filter.where("f").lt(LocalDate.of(2026, 1, 31)),
                                Filter.where("f").lte(Instant.parse("2026-01-31T10:00:00.5Z")),
                                Filter.where("f").between(id, id))
                        .toString())
                .contains("1.5}", "0.1}", "7}", "\"2026-01-31\"", "\"2026-01-31T10:00:00.500000Z\"", id.toString());
    }

    @Test
    void whatJsonCannotSayIsRefused() {
        Where where = Filter.where("f");
        assertThatThrownBy(() -> where.eq(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> where.eq("\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> where.eq(Instant.parse("2026-01-31T10:00:00.0000001Z")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> where.eq(List.of("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Period(Period.Kind.THIS, 2, CalendarUnit.DAY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everythingAndNothingAreNeutral() {
        Filter one = Filter.where("f").isNull();
        assertThat(Filter.all().and(one)).isEqualTo(one);
        assertThat(one.and(Filter.all())).isEqualTo(one);
        assertThat(one.not().not()).isEqualTo(one);
        assertThat(Filter.where("g").isPresent().and(one).and(one))
                .isEqualTo(new Filter.And(List.of(Filter.where("g").isPresent(), one, one)));
    }

    @Property(tries = 200)
    void whatIsPrintedIsRead(@ForAll("filters") Filter filter) throws IOException {
        JsonMapper json = JsonMapper.builder()
                .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        assertThat(new FilterJson().read(json.readTree(filter.toString()))).isEqualTo(Parsed.ok(filter));
    }

    @Provide
    Arbitrary<Filter> filters() {
        return AnyFilter.filters();
    }
}
