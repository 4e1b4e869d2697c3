package io.ashlar.filter.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dataset.CatalogueCheck.Findings;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Source;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.DescribeAnswer.Column;
import io.ashlar.router.client.DescribeAnswer.Index;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttributeCheckTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("tenant_id", "uuid", false),
            new Column("entity_id", "text", false),
            new Column("attribute_id", "integer", false),
            new Column("v_int64", "bigint", true),
            new Column("v_string", "text", true),
            new Column("event_at", "timestamp with time zone", false),
            new Column("log_offset", "bigint", false));

    private static final List<Index> INDEXES = List.of(
            new Index("by_attribute", List.of("tenant_id", "attribute_id", "event_at"), "btree"),
            new Index("by_entity", List.of("tenant_id", "entity_id"), "btree"));

    @Test
    void whatFitsIsTaken() {
        Findings findings = check(COLUMNS, INDEXES, field("a", FieldType.INT64, "v_int64"), string("b"));
        assertThat(findings.faults()).isEmpty();
        assertThat(findings.warnings()).isEmpty();
    }

    @Test
    void everyColumnIsHeldAgainstTheCatalogue() {
        List<Column> columns = List.of(
                new Column("tenant_id", "text", true),
                new Column("entity_id", "bigint", false),
                new Column("attribute_id", "text", false),
                new Column("v_string", "text", true),
                new Column("event_at", "timestamp with time zone", true));
        Findings findings = check(
                columns, INDEXES, field("a", FieldType.INT64, "v_int64"), field("b", FieldType.INT64, "v_string"));
        assertThat(findings.faults())
                .extracting(fault -> fault.code() + " " + fault.pointer())
                .containsExactlyInAnyOrder(
                        "column_type /fields/1/source/eav",
                        "column_nullable /fields/1/source/eav",
                        "column_type /fields/1/source/entity",
                        "column_type /fields/1/source/attribute",
                        "unknown_column /fields/1/source/value",
                        "column_nullable /fields/1/source/latest/0",
                        "unknown_column /fields/1/source/latest/1",
                        "column_type /fields/2/type",
                        "column_nullable /fields/2/source/latest/0",
                        "unknown_column /fields/2/source/latest/1");
    }

    @Test
    void whatNoIndexServesIsSaid() {
        Field attribute = string("a");
        assertThat(check(COLUMNS, List.of(), attribute).warnings())
                .extracting(fault -> fault.code() + " " + fault.pointer())
                .containsExactly(
                        "no_index_for_attributes /fields/1/source/attribute",
                        "no_index_for_entity /fields/1/source/entity");
        assertThat(check(COLUMNS, INDEXES.subList(0, 1), attribute).warnings())
                .extracting(fault -> fault.code())
                .containsExactly("no_index_for_entity");
        Index brin = new Index("brin", List.of("tenant_id", "attribute_id"), "brin");
        assertThat(check(COLUMNS, List.of(brin, INDEXES.get(1)), attribute).warnings())
                .extracting(fault -> fault.code())
                .containsExactly("no_index_for_attributes");
    }

    private static Field string(String name) {
        return field(name, FieldType.STRING, "v_string");
    }

    private static Field field(String name, FieldType type, String value) {
        List<String> latest = List.of("event_at", "log_offset");
        return new Field(name, type, new Source.Eav("trial.values", "entity_id", "attribute_id", 7, value, latest));
    }

    private static Findings check(List<Column> columns, List<Index> indexes, Field... attributes) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("id", FieldType.STRING, new Source.Column("id")).notNull());
        fields.addAll(Arrays.asList(attributes));
        Dataset dataset = new Dataset("d", 1, "trial.d", "tenant_id", List.of("id"), "D", null, fields);
        return AttributeCheck.of(
                dataset, new DescribeAnswer(columns, indexes, "primary", 0, "strong", "strong", "v1.e30"));
    }
}
