package io.ashlar.filter.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dataset.CatalogueCheck.Findings;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Source;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.DescribeAnswer.Column;
import io.ashlar.router.client.DescribeAnswer.Index;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CatalogueCheckTest {

    private static final Index KEY = new Index("pk", List.of("tenant_id", "id"), "btree");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRING|text|true",
                "STRING|character varying(20)|true",
                "STRING|uuid|false",
                "BOOL|boolean|true",
                "INT64|smallint|true",
                "INT64|integer|true",
                "INT64|bigint|true",
                "INT64|numeric|false",
                "DECIMAL|numeric(10,2)|true",
                "DECIMAL|double precision|false",
                "DOUBLE|double precision|true",
                "DOUBLE|real|true",
                "TIMESTAMP|timestamp with time zone|true",
                "TIMESTAMP|timestamp without time zone|false",
                "DATE|date|true",
                "TEXT|text|true",
                "MONEY|bigint|true",
                "MONEY|numeric|false",
                "STRINGS|text[]|true",
                "STRINGS|text|false",
                "UUID|uuid|true",
                "UUID|text|false"
            })
    void aFieldFitsTheTypesItCanBeReadFrom(FieldType type, String column, boolean fits) {
        Findings findings = check(dataset(new Field("x", type, new Source.Column("x"))), List.of(KEY), column);
        assertThat(findings.faults().isEmpty()).isEqualTo(fits);
        if (!fits) {
            assertThat(findings.faults().getFirst().pointer()).isEqualTo("/fields/1/type");
            assertThat(findings.faults().getFirst().allowed()).isNotEmpty();
        }
    }

    @Test
    void anIndexThatBeginsWithTenantAndKeyIsEnough() {
        Dataset dataset = dataset(new Field("x", FieldType.STRING, new Source.Column("x")));
        assertThat(check(dataset, List.of(KEY), "text").warnings()).isEmpty();
        Index wider = new Index("wide", List.of("tenant_id", "id", "x"), "btree");
        assertThat(check(dataset, List.of(wider), "text").warnings()).isEmpty();
        Index brin = new Index("brin", List.of("tenant_id", "id"), "brin");
        Index other = new Index("other", List.of("id", "tenant_id"), "btree");
        assertThat(check(dataset, List.of(brin, other), "text").warnings())
                .extracting(Fault::code)
                .containsExactly("no_index_for_key");
    }

    @Test
    void aMemberThatIsSaidToBeThereIsWarnedOf() {
        Dataset dataset = dataset(new Field("x", FieldType.STRING, new Source.JsonField("x", "k")).notNull());
        Findings findings = check(dataset, List.of(KEY), "jsonb");
        assertThat(findings.faults()).isEmpty();
        assertThat(findings.warnings()).extracting(Fault::code).containsExactly("presence_unproven");
    }

    private static Findings check(Dataset dataset, List<Index> indexes, String type) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("tenant_id", "uuid", false));
        columns.add(new Column("id", "text", false));
        columns.add(new Column("x", type, true));
        return CatalogueCheck.of(
                dataset, new DescribeAnswer(columns, indexes, "primary", 0, "strong", "strong", "v1.e30"));
    }

    private static Dataset dataset(Field field) {
        return new Dataset(
                "d",
                1,
                "trial.d",
                "tenant_id",
                List.of("id"),
                "D",
                null,
                List.of(new Field("id", FieldType.STRING, new Source.Column("id")).notNull(), field));
    }
}
