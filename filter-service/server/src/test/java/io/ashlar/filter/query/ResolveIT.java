package io.ashlar.filter.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.filter.seal.Opened;
import io.ashlar.filter.seal.SealKeys;
import io.ashlar.filter.seal.SealReader;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Seals for other services. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class ResolveIT {

    private static final String PATH = "/api/v1/datasets/resolved/resolve";
    private static final String BODY = """
            {"op": "stream", "query": {"filters": [{"field": "delay", "op": "gt", "value": 60}],
                                       "fields": ["delay", "distance"]}}
            """;

    @BeforeEach
    void declared() {
        Trial.script("{}");
        Trial.declare("ed", "resolved");
    }

    @Test
    void aServiceGetsASealForItsUser() {
        Trial.script("""
                {"plan": {"decision": "FILTER", "filter": {"field": "region", "op": "eq", "value": "east"},
                          "masked": ["distance"], "policy_version": 7, "revision": 12}}
                """);
        String sealed = resolve(BODY)
                .statusCode(200)
                .body("query_hash", startsWith("sha256:"))
                .body("dataset_version", equalTo(1))
                .body("policy_version", equalTo(7))
                .body("fields.name", contains("delay"))
                .body("fields.type", contains("int64"))
                .body("masked", contains("distance"))
                .extract()
                .path("sealed");
        String keys = ConfigProvider.getConfig().getValue("ashlar.filter.seal.keys", String.class);
        Opened opened = new SealReader(SealKeys.parse(keys), Clock.systemUTC()).open(sealed);
        assertThat(opened).isInstanceOf(Opened.Ok.class);
        Opened.Ok ok = (Opened.Ok) opened;
        SealedQuery query = ok.query();
        assertThat(query.op()).isEqualTo(Operation.STREAM);
        assertThat(query.tenant()).hasToString(Trial.TENANT_A);
        assertThat(query.subject()).isEqualTo(Trial.ANA);
        assertThat(query.fields()).containsExactly("delay");
        assertThat(query.masked()).containsExactly("distance");
        assertThat(query.policyVersion()).isEqualTo(7);
        assertThat(query.planHash()).startsWith("sha256:");
        assertThat(query.sort().getLast().field()).isEqualTo("id");
        assertThat(query.filter()).isInstanceOf(Filter.And.class);
        assertThat(ok.expiresAt()).isBefore(Instant.now().plus(Duration.ofSeconds(61)));
    }

    @Test
    void aPlanOfNoneIsSealedAsNoRow() {
        Trial.script("{\"plan\":{\"decision\":\"NONE\",\"masked\":[],\"policy_version\":7,\"revision\":12}}");
        String sealed = resolve(BODY.replace("stream", "count"))
                .statusCode(200)
                .extract()
                .path("sealed");
        String keys = ConfigProvider.getConfig().getValue("ashlar.filter.seal.keys", String.class);
        Opened opened = new SealReader(SealKeys.parse(keys), Clock.systemUTC()).open(sealed);
        assertThat(((Opened.Ok) opened).query().filter()).isEqualTo(Filter.none());
        assertThat(((Opened.Ok) opened).query().op()).isEqualTo(Operation.COUNT);
    }

    @Test
    void aUserMayNotResolve() {
        Trial.as("ana").body(BODY).post(PATH).then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void aServiceActsForAUser() {
        Trial.service("ashlar-export")
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(403)
                .body("code", equalTo("tenant_required"));
        Trial.service("ashlar-export")
                .header("Ashlar-On-Behalf-Of", "somebody")
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
        Trial.as("ana")
                .header("Ashlar-On-Behalf-Of", Trial.TENANT_A + "/" + Trial.ANA)
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(403);
    }

    @Test
    void theUserNeedsTheRightToQuery() {
        Trial.script("{\"deny\":[\"dataset.query\"]}");
        resolve(BODY).statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void everyFaultIsNamedWithItsPlaceInTheBody() {
        resolve("{\"op\":\"drop\",\"query\":[],\"more\":1}")
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.pointer", hasItem("/op"))
                .body("errors.pointer", hasItem("/query"))
                .body("errors.pointer", hasItem("/more"));
        resolve(BODY.replace("\"delay\", \"op\"", "\"dely\", \"op\""))
                .statusCode(400)
                .body("code", equalTo("invalid_filter"))
                .body("errors[0].pointer", equalTo("/query/filters/0/field"));
        resolve("{\"op\":").statusCode(400).body("code", equalTo("malformed_json"));
        resolve(BODY.replace("[\"delay\", \"distance\"]", "[\"id\"], \"page\": {\"cursor\": \"v1.k.c\"}"))
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"))
                .body("errors[0].pointer", equalTo("/query/page/cursor"));
    }

    @Test
    void aFileOfMaskedFieldsOnlyIsRefused() {
        Trial.script(
                "{\"plan\":{\"decision\":\"ALL\",\"masked\":[\"distance\"],\"policy_version\":7,\"revision\":12}}");
        resolve(BODY.replace("\"delay\", \"distance\"", "\"distance\""))
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/query/fields"));
    }

    @Test
    void anotherTenantsDatasetIsUnknown() {
        Trial.service("ashlar-export")
                .header("Ashlar-On-Behalf-Of", "22222222-2222-4222-8222-222222222222/bob")
                .body(BODY)
                .post(PATH)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown_dataset"));
    }

    private static ValidatableResponse resolve(String body) {
        return Trial.service("ashlar-export")
                .header("Ashlar-On-Behalf-Of", Trial.TENANT_A + "/" + Trial.ANA)
                .body(body)
                .post(PATH)
                .then();
    }
}
