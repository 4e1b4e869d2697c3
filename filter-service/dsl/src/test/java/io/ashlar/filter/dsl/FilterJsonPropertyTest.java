package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class FilterJsonPropertyTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Property
    void whatIsWrittenIsRead(@ForAll("filters") Filter filter) throws JsonProcessingException {
        FilterJson codec = new FilterJson();
        String text = JSON.writeValueAsString(codec.write(filter));
        assertThat(codec.read(JSON.readTree(text))).isEqualTo(Parsed.ok(filter));
        assertThat(codec.read(codec.write(filter))).isEqualTo(Parsed.ok(filter));
    }

    @Provide
    Arbitrary<Filter> filters() {
        return AnyFilter.filters();
    }
}
