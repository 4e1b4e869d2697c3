package io.ashlar.filter.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.DatasetJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of compatibility as cases: a text of the declaration, what it is replaced by, and what is found. */
final class DifferencesTest {

    private static final String PRESENT = """
            {"relation": "trial.flights", "tenant_column": "tenant_id", "key": ["id"], "cedar_type": "Flight",
             "entity_prefix": "flight:",
             "fields": [
               {"name": "id", "type": "string", "source": {"column": "id"}, "nullable": false},
               {"name": "origin", "type": "string", "source": {"column": "origin"}, "operators": ["eq", "in"]},
               {"name": "kind", "type": "enum", "source": {"column": "kind"}, "values": ["a", "b"]},
               {"name": "pay", "type": "int64", "source": {"column": "pay"}, "sensitivity": "commercial"},
               {"name": "delay", "type": "int64", "source": {"column": "delay"}}]}
            """;

    private static final String LAST =
            "{\"name\": \"delay\", \"type\": \"int64\", \"source\": {\"column\": \"delay\"}}";

    private static final String PRESENT_WITH_NUMBER = PRESENT.replace(
            LAST,
            "{\"name\": \"number\", \"type\": \"int64\", \"source\": {\"column\": \"number\"}, \"nullable\": false}, "
                    + LAST);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"trial.flights\"|\"trial.trips\"|relation_changed /relation breaking",
                "\"tenant_id\"|\"owner_id\"|tenant_column_changed /tenant_column needs_rights",
                "[\"id\"]|[\"id\", \"number\"]|key_changed /key breaking",
                "\"Flight\"|\"Trip\"|cedar_type_changed /cedar_type needs_rights",
                "\"flight:\"|\"trip:\"|entity_prefix_changed /entity_prefix breaking",
                "\"name\": \"origin\"|\"name\": \"from\"|field_added /fields/1 compatible,field_removed /fields breaking",
                "\"type\": \"int64\", \"source\": {\"column\": \"delay\"}|\"type\": \"string\", \"source\": {\"column\": \"delay\"}"
                        + "|type_changed /fields/5/type breaking",
                "{\"column\": \"delay\"}|{\"column\": \"delayed\"}|source_changed /fields/5/source breaking",
                "[\"eq\", \"in\"]|[\"eq\"]|operators_narrowed /fields/1/operators breaking",
                "[\"eq\", \"in\"]|[\"eq\", \"in\", \"neq\"]|operators_widened /fields/1/operators compatible",
                "[\"eq\", \"in\"]|[\"eq\", \"neq\"]|operators_narrowed /fields/1/operators breaking,"
                        + "operators_widened /fields/1/operators compatible",
                "{\"column\": \"number\"}, \"nullable\": false|{\"column\": \"number\"}|became_nullable /fields/4/nullable breaking",
                "{\"column\": \"delay\"}|{\"column\": \"delay\"}, \"nullable\": false|never_null /fields/5/nullable compatible",
                "[\"a\", \"b\"]|[\"a\"]|values_removed /fields/2/values breaking",
                "[\"a\", \"b\"]|[\"a\", \"b\", \"c\"]|values_added /fields/2/values compatible",
                "{\"column\": \"delay\"}|{\"column\": \"delay\"}, \"sensitivity\": \"s\"|sensitivity_raised /fields/5/sensitivity breaking",
                "\"commercial\"|\"public\"|sensitivity_lowered /fields/3/sensitivity needs_rights",
                "\"commercial\"|\"secret\"|sensitivity_changed /fields/3/sensitivity needs_rights",
                "{\"column\": \"origin\"}|{\"column\": \"origin\"}, \"cedar_attribute\": \"from\""
                        + "|cedar_attribute_changed /fields/1/cedar_attribute needs_rights",
                "{\"column\": \"delay\"}|{\"column\": \"pay\"}|source_changed /fields/5/source breaking,"
                        + "sensitive_source_reused /fields/5/sensitivity needs_rights"
            })
    void aDifferenceIsFoundAndJudged(String was, String is, String expected) {
        assertThat(PRESENT_WITH_NUMBER).contains(was);
        assertThat(found(PRESENT_WITH_NUMBER, PRESENT_WITH_NUMBER.replace(was, is)))
                .containsExactly(expected.split(","));
    }

    @Test
    void aNewPublicFieldOverHiddenValuesTakesRights() {
        String leak = PRESENT.replace(
                LAST, LAST + ", {\"name\": \"wage\", \"type\": \"int64\", \"source\": {\"column\": \"pay\"}}");
        assertThat(found(PRESENT, leak))
                .containsExactly(
                        "field_added /fields/5 compatible",
                        "sensitive_source_reused /fields/5/sensitivity needs_rights");
    }

    @Test
    void theOrderOfFieldsAndTheVersionAreNoDifference() {
        Dataset present = dataset(PRESENT);
        Dataset turned = new Dataset(
                present.name(),
                7,
                present.relation(),
                present.tenantColumn(),
                present.key(),
                present.cedarType(),
                present.entityPrefix(),
                present.fields().reversed());
        assertThat(Differences.of(present, turned)).isEmpty();
        assertThat(Differences.of(present, present)).isEmpty();
    }

    private static List<String> found(String present, String next) {
        return Differences.of(dataset(present), dataset(next)).stream()
                .map(difference -> difference.change().code() + " " + difference.pointer() + " "
                        + difference.change().verdict())
                .toList();
    }

    private static Dataset dataset(String json) {
        try {
            return new DatasetJson()
                    .declaration(JsonMapper.builder().build().readTree(json), "flights", 1)
                    .orElseThrow(faults -> new IllegalArgumentException(faults.toString()));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }
}
