package io.ashlar.filter.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schemas and validation over HTTP: what the caller may see, every fault, and nothing that is run. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class SchemaIT {

    private static final String DATASET = "/api/v1/datasets/described";
    private static final String MASKED = "{\"plan\":{\"decision\":\"ALL\",\"filter\":null,\"masked\":[\"distance\"],"
            + "\"policy_version\":7,\"revision\":12}}";

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", "described");
        Trial.script("{}");
    }

    @Test
    void theSchemaHasTheFieldsThatTheCallerMaySee() {
        Response open = Trial.as("ana").get(DATASET + "/schema");
        open.then()
                .statusCode(200)
                .contentType(startsWith("application/schema+json"))
                .body("$id", equalTo("urn:ashlar:dataset:described:1"))
                .body("properties.fields.items.enum", hasItem("distance"));
        String etag = open.header("ETag");
        Trial.as("ana")
                .header("If-None-Match", etag)
                .get(DATASET + "/schema")
                .then()
                .statusCode(304)
                .header("ETag", etag);
        Trial.script(MASKED);
        Response masked = Trial.as("ana").header("If-None-Match", etag).get(DATASET + "/schema");
        masked.then().statusCode(200).body("properties.fields.items.enum", not(hasItem("distance")));
        assertThat(masked.header("ETag")).isNotEqualTo(etag);
        assertThat(masked.asString()).doesNotContain("distance");
        Trial.as("bob").get(DATASET + "/schema").then().statusCode(404).body("code", equalTo("unknown_dataset"));
    }

    @Test
    void aQueryThatWouldBeTakenIsSaidSoAndNotRun() {
        validate("{\"sort\":{\"field\":\"delay\"},\"filters\":[{\"op\":\"gt\",\"field\":\"delay\",\"value\":1.0}]}")
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("canonical.filters[0].value", equalTo(1))
                .body("canonical.sort[0].nulls", equalTo("last"))
                .body("canonical.tz", equalTo("UTC"));
        validate("""
                        {"filters": {"field": "delay", "op": "gt", "value": 1},
                         "aggregate": {"group_by": [{"field": "origin"}], "measures": [{"fn": "count", "as": "n"}]}}
                        """).statusCode(200).body("canonical.aggregate.measures[0].as", equalTo("n"));
        assertThat(Trial.asked("/router/api/v1/page")).isEmpty();
        assertThat(Trial.asked("/authz/api/v1/plan")).hasSize(2);
    }

    @Test
    void theCanonicalQueryIsTheSameQuery() {
        String canonical = validate(
                        "{\"filters\":[{\"field\":\"delay\",\"op\":\"gt\",\"value\":1},{}],\"fields\":[\"id\"]}")
                .extract()
                .jsonPath()
                .prettify();
        String once = canonical.substring(canonical.indexOf("\"canonical\":") + 12, canonical.lastIndexOf('}'));
        String again = validate(once).statusCode(200).extract().jsonPath().prettify();
        assertThat(again).isEqualTo(canonical);
    }

    @Test
    void everyFaultIsNamedAsAskingWould() {
        String faulty = """
                {"filters": [{"field": "dely", "op": "gt", "value": 1}, {"field": "delay", "op": "gt", "value": "7"},
                             {"segment": "nope"}],
                 "sort": [{"field": "delai"}]}
                """;
        Response validated = Trial.as("ana").body(faulty).post(DATASET + "/validate");
        Response asked = Trial.as("ana").body(faulty).post(DATASET + "/query");
        validated
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_filter"))
                .body("errors", hasSize(4))
                .body("errors.find { it.pointer == '/filters/1/value' }.fix[0].value", equalTo(7))
                .body("errors.find { it.pointer == '/filters/2/segment' }.code", equalTo("unknown_segment"));
        assertThat(validated.jsonPath().getList("errors"))
                .isEqualTo(asked.jsonPath().getList("errors"));
        validate("{\"filters\": ").statusCode(400).body("code", equalTo("malformed_json"));
        validate("""
                        {"aggregate": {"group_by": [{"field": "orgin"}], "measures": [{"fn": "sum", "field": "origin"}],
                          "having": {"field": "nothing", "op": "gt", "value": 1}}}
                        """)
                .statusCode(400)
                .body("code", equalTo("invalid_filter"))
                .body("errors.pointer", hasItem("/aggregate/group_by/0/field"))
                .body("errors.pointer", hasItem("/aggregate/measures/0/fn"));
    }

    @Test
    void whatIsHiddenIsUnknownHereToo() {
        Trial.script(MASKED);
        for (String field : List.of("distance", "nonsense")) {
            validate("{\"filters\":{\"field\":\"" + field + "\",\"op\":\"gt\",\"value\":1}}")
                    .statusCode(400)
                    .body("errors[0].code", equalTo("unknown_field"))
                    .body("errors[0].pointer", equalTo("/filters/field"));
            validate("{\"aggregate\":{\"measures\":[{\"fn\":\"sum\",\"field\":\"" + field + "\",\"as\":\"s\"}]}}")
                    .statusCode(400)
                    .body("errors[0].code", equalTo("unknown_field"));
        }
    }

    private static ValidatableResponse validate(String body) {
        return Trial.as("ana").body(body).post(DATASET + "/validate").then();
    }
}
