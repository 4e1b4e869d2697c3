package io.ashlar.filter.dataset;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.nullValue;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry over HTTP, on a real database, against the real catalogue. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class DatasetIT {

    private static final String DATASETS = "/api/v1/datasets/";

    @BeforeEach
    void willing() {
        Trial.script("{}");
    }

    @Test
    void aDeclarationIsStoredAndReadAgain() {
        Trial.as("ed")
                .body(Trial.FLIGHTS)
                .put(DATASETS + "stored")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("name", equalTo("stored"))
                .body("version", equalTo(1))
                .body("warnings", hasSize(0));
        Trial.as("ana")
                .get(DATASETS + "stored")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("relation", equalTo("trial.flights"))
                .body("fields[1].cedar_attribute", equalTo("departure.airport"))
                .body("warnings", nullValue());
        Trial.as("ana")
                .header("If-None-Match", "\"1\"")
                .get(DATASETS + "stored")
                .then()
                .statusCode(304);
        assertThat(Trial.asked("/router/api/v1/describe")).hasSize(1);
    }

    @Test
    void theSameDeclarationAgainMakesNoVersion() {
        Trial.declare("ed", "again");
        Trial.as("ed")
                .body(Trial.FLIGHTS)
                .put(DATASETS + "again")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
    }

    @Test
    void aChangeNeedsTheTagThatWasRead() {
        Trial.declare("ed", "changing");
        String changed = Trial.FLIGHTS.replace("commercial", "secret");
        Trial.as("ed")
                .body(changed)
                .put(DATASETS + "changing")
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("code", equalTo("precondition_failed"));
        Trial.as("ed")
                .header("If-Match", "\"1\"")
                .body(changed)
                .put(DATASETS + "changing")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("version", equalTo(2));
        Trial.as("ed")
                .header("If-Match", "\"1\"")
                .body(Trial.FLIGHTS)
                .put(DATASETS + "changing")
                .then()
                .statusCode(412);
        Trial.as("ed")
                .header("If-None-Match", "*")
                .body(Trial.FLIGHTS)
                .put(DATASETS + "changing")
                .then()
                .statusCode(412);
        Trial.as("ed")
                .header("If-Match", "1")
                .body(Trial.FLIGHTS)
                .put(DATASETS + "changing")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("header:If-Match"));
    }

    @Test
    void ofManyChangesAtOnceOneIsTaken() throws Exception {
        Trial.declare("ed", "raced");
        String token = Trial.tokens().user("ed");
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String changed = Trial.FLIGHTS.replace("commercial", "label" + i);
            writers.add(() -> given().auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .header("If-Match", "\"1\"")
                    .body(changed)
                    .put(DATASETS + "raced")
                    .statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(writers)) {
                statuses.add(status.get());
            }
        }
        assertThat(statuses).containsOnly(200, 412);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        Trial.as("ana").get(DATASETS + "raced").then().body("version", equalTo(2));
    }

    @Test
    void everyFaultOfADeclarationIsNamedAtOnce() {
        Trial.as("ed")
                .body("""
                        {"relation": "flights", "tenant_column": "tenant id", "key": ["nope"], "cedar_type": "F-1",
                         "colour": 1, "fields": [{"name": "x", "type": "int65", "source": {"column": "x"}}]}
                        """)
                .put(DATASETS + "faulty")
                .then()
                .statusCode(422)
                .body("code", equalTo("dataset_invalid"))
                .body("errors.pointer", hasItem("/relation"))
                .body("errors.pointer", hasItem("/tenant_column"))
                .body("errors.pointer", hasItem("/cedar_type"))
                .body("errors.pointer", hasItem("/colour"))
                .body("errors.pointer", hasItem("/fields/0/type"))
                .body("errors.pointer", hasItem("/key/0"));
    }

    @Test
    void theDeclarationIsHeldAgainstTheCatalogue() {
        Trial.as("ed")
                .body("""
                        {"relation": "trial.flights", "tenant_column": "origin", "key": ["id"], "cedar_type": "Flight",
                         "fields": [
                           {"name": "id", "type": "string", "source": {"column": "id"}, "nullable": false},
                           {"name": "gone", "type": "string", "source": {"column": "gone"}},
                           {"name": "delay", "type": "timestamp", "source": {"column": "delay"}},
                           {"name": "member", "type": "int64", "source": {"json": "notes", "key": "a"}},
                           {"name": "late", "type": "int64", "source": {"column": "delay"}, "nullable": false,
                            "cedar_attribute": "delay"}]}
                        """)
                .put(DATASETS + "catalogue")
                .then()
                .statusCode(422)
                .body("errors.find { it.pointer == '/tenant_column' }.code", equalTo("column_type"))
                .body("errors.find { it.pointer == '/fields/1/source/column' }.code", equalTo("unknown_column"))
                .body("errors.find { it.pointer == '/fields/2/type' }.code", equalTo("column_type"))
                .body("errors.find { it.pointer == '/fields/3/source/json' }.code", equalTo("column_type"))
                .body("errors.find { it.pointer == '/fields/4/nullable' }.code", equalTo("column_nullable"))
                .body("errors.find { it.pointer == '/fields/4/cedar_attribute' }.code", equalTo("duplicate_value"));
        Trial.as("ed")
                .body(Trial.FLIGHTS.replace("trial.flights", "trial.nothing"))
                .put(DATASETS + "catalogue")
                .then()
                .statusCode(422)
                .body("errors[0].code", equalTo("unknown_relation"))
                .body("errors[0].pointer", equalTo("/relation"));
        Trial.as("ana").get(DATASETS + "catalogue").then().statusCode(404).body("code", equalTo("unknown_dataset"));
    }

    @Test
    void theHotProjectionIsADataset() {
        Trial.as("ed")
                .body("""
                        {"relation": "trial.entities", "tenant_column": "tenant_id", "key": ["id"],
                         "cedar_type": "Flight", "entity_prefix": "flight:",
                         "fields": [
                           {"name": "id", "type": "string", "source": {"column": "entity_id"}, "nullable": false},
                           {"name": "delay", "type": "int64", "source": {"json": "attributes", "key": "delay"}}]}
                        """)
                .put(DATASETS + "projection")
                .then()
                .statusCode(201)
                .body("warnings", hasSize(0));
    }

    @Test
    void whatIsNoJsonIsSaidSo() {
        Trial.as("ed")
                .body("{\"relation\": ")
                .put(DATASETS + "broken")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
        Trial.as("ed")
                .body("{\"relation\": \"a.b\", \"relation\": \"a.c\"}")
                .put(DATASETS + "broken")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"));
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        Trial.declare("ed", "ours");
        Trial.as("bob").get(DATASETS + "ours").then().statusCode(404).body("code", equalTo("unknown_dataset"));
        Trial.as("bob")
                .body(Trial.EVERYTHING)
                .post(DATASETS + "ours/query")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown_dataset"));
        assertThat(Trial.as("bob").get("/api/v1/datasets").jsonPath().getList("datasets.name"))
                .doesNotContain("ours");
    }

    @Test
    void theListComesInPages() {
        for (String name : List.of("list-a", "list-b", "list-c")) {
            Trial.declare("ed", name);
        }
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            Response page = cursor == null
                    ? Trial.as("ana").get("/api/v1/datasets?limit=2")
                    : Trial.as("ana").queryParam("cursor", cursor).get("/api/v1/datasets?limit=2");
            page.then().statusCode(200);
            names.addAll(page.jsonPath().getList("datasets.name", String.class));
            cursor = page.jsonPath().getString("next_cursor");
            if (cursor != null) {
                String foreign = cursor;
                Trial.as("bob")
                        .queryParam("cursor", foreign)
                        .get("/api/v1/datasets")
                        .then()
                        .statusCode(400)
                        .body("code", equalTo("cursor_invalid"));
            }
        } while (cursor != null);
        assertThat(names).isSorted().doesNotHaveDuplicates().contains("list-a", "list-b", "list-c");
        Trial.as("ana")
                .get("/api/v1/datasets?limit=0")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("query:limit"));
    }

    @Test
    void aTenantHasAQuota() {
        // A tenant of this test's own, so that no other test meets its limit of 40.
        String token = Trial.tokens()
                .changed("bea", Map.of("tenant_id", "33333333-3333-4333-8333-333333333333"), Duration.ofMinutes(10));
        int created = 0;
        Response answer;
        do {
            answer = given().auth()
                    .oauth2(token)
                    .contentType(ContentType.JSON)
                    .body(Trial.FLIGHTS)
                    .put(DATASETS + "quota-" + created++);
        } while (answer.statusCode() == 201 && created < 60);
        assertThat(created).isEqualTo(41);
        answer.then().statusCode(429).body("code", equalTo("dataset_quota")).body("detail", matchesRegex(".*40.*"));
    }

    @Test
    void whoMayNotDeclareIsRefused() {
        Trial.script("{\"deny\":[\"dataset.declare\"]}");
        Trial.as("ana")
                .body(Trial.FLIGHTS)
                .put(DATASETS + "denied")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        given().contentType(ContentType.JSON)
                .body(Trial.FLIGHTS)
                .put(DATASETS + "denied")
                .then()
                .statusCode(401);
        assertThat(Map.of("asked", Trial.asked("/router/api/v1/describe"))).containsEntry("asked", List.of());
    }
}
