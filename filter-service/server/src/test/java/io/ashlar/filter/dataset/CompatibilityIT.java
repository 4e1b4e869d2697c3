package io.ashlar.filter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.ashlar.filter.peer.PeerResource;
import io.ashlar.filter.peer.Trial;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change of a dataset may break, who may make it, and how the versions before it are read. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "filter"),
            @ResourceArg(name = "servers", value = "CONTROL,REDIS,OIDC")
        })
@QuarkusTestResource(PeerResource.class)
final class CompatibilityIT {

    private static final String DATASETS = "/api/v1/datasets/";
    private static final String DELAY =
            "{\"name\": \"delay\", \"type\": \"int64\", \"source\": {\"column\": \"delay\"}},";

    /** Without a field, and with fewer operators on another. */
    private static final String BROKEN = Trial.FLIGHTS
            .replace(DELAY, "")
            .replace("{\"column\": \"region\"}", "{\"column\": \"region\"}, \"operators\": [\"eq\"]");

    @BeforeEach
    void willing() {
        Trial.script("{}");
    }

    @Test
    void whatBreaksIsRefusedWithEveryDifference() {
        Trial.declare("ed", "breaking");
        change("breaking", "", BROKEN)
                .statusCode(409)
                .body("code", equalTo("dataset_incompatible"))
                .body("errors.code", containsInAnyOrder("field_removed", "operators_narrowed"))
                .body("errors.find { it.code == 'field_removed' }.pointer", equalTo("/fields"))
                .body("errors.find { it.code == 'field_removed' }.detail", containsString("delay"))
                .body("errors.find { it.code == 'operators_narrowed' }.pointer", equalTo("/fields/2/operators"));
        Trial.as("ana").get(DATASETS + "breaking").then().body("version", equalTo(1));
        change("breaking", "?breaking=maybe", BROKEN)
                .statusCode(400)
                .body("errors[0].pointer", equalTo("query:breaking"));
        change("breaking", "?breaking=allow", BROKEN)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("warnings.code", containsInAnyOrder("field_removed", "operators_narrowed"));
    }

    @Test
    void whatDoesNotBreakIsTaken() {
        Trial.declare("ed", "growing");
        change(
                        "growing",
                        "",
                        Trial.FLIGHTS.replace(
                                DELAY,
                                DELAY + "{\"name\": \"late\", \"type\": \"int64\", \"source\": {\"column\": \"delay\"},"
                                        + " \"cedar_attribute\": \"late\"},"))
                .statusCode(200)
                .body("warnings", hasSize(0));
    }

    @Test
    void theSegmentsThatWouldBreakAreNamed() {
        Trial.declare("ed", "relied-on");
        String shared = segment("ana", "late", "tenant");
        String own = segment("ed", "later", "private");
        String foreign = segment("ana", "latest", "private");
        ValidatableResponse refused = change("relied-on", "", BROKEN).statusCode(409);
        List<String> details = refused.extract()
                .jsonPath()
                .getList("errors.findAll { it.code == 'segment_breaks' }.detail", String.class);
        assertThat(details).hasSize(2);
        assertThat(String.join("\n", details))
                .contains(shared, own, "/filter/field")
                .doesNotContain(foreign);
        change("relied-on", "?breaking=allow", BROKEN).statusCode(200).body("warnings.code", hasItem("segment_breaks"));
        Trial.as("ana")
                .body("{\"filters\":{\"segment\":\"" + shared + "\"}}")
                .post(DATASETS + "relied-on/query")
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("segment_invalid"))
                .body("errors[0].pointer", equalTo("/filters/segment"));
    }

    @Test
    void whoSeesWhatIsChangedByRightOnly() {
        Trial.declare("ed", "classified");
        String open = Trial.FLIGHTS.replace("commercial", "public");
        Trial.script("{\"deny\":[\"dataset.reclassify\"]}");
        for (String allow : List.of("", "?breaking=allow")) {
            change("classified", allow, open)
                    .statusCode(403)
                    .body("code", equalTo("forbidden"))
                    .body("errors.code", contains("sensitivity_lowered"))
                    .body("errors.pointer", contains("/fields/4/sensitivity"));
        }
        change(
                        "classified",
                        "",
                        Trial.FLIGHTS.replace(
                                DELAY,
                                DELAY
                                        + "{\"name\": \"far\", \"type\": \"int64\", \"source\": {\"column\": \"distance\"}},"))
                .statusCode(403)
                .body("errors.code", contains("sensitive_source_reused"));
        Trial.script("{}");
        change("classified", "", open).statusCode(200).header("ETag", "\"2\"");
    }

    @Test
    void whatMayNotBeWrittenIsSaidFirst() {
        Trial.declare("ed", "ordered");
        Trial.as("ed").body(BROKEN).put(DATASETS + "ordered").then().statusCode(412);
        change("ordered", "", Trial.FLIGHTS).statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void versionsAreReadInPagesAndOneByOne() {
        Trial.declare("ed", "history");
        String etag = "\"1\"";
        for (String label : List.of("a", "b", "c")) {
            etag = Trial.as("ed")
                    .header("If-Match", etag)
                    .body(Trial.FLIGHTS.replace("commercial", label))
                    .put(DATASETS + "history")
                    .then()
                    .statusCode(200)
                    .extract()
                    .header("ETag");
        }
        List<Integer> versions = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification request = Trial.as("ana").queryParam("limit", 3);
            Response page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get(DATASETS + "history/versions");
            page.then().statusCode(200).body("versions[0].declared_by", equalTo(subject("ed")));
            versions.addAll(page.jsonPath().getList("versions.version", Integer.class));
            cursor = page.jsonPath().getString("next_cursor");
        } while (cursor != null);
        assertThat(versions).containsExactly(4, 3, 2, 1);
        Trial.as("ana")
                .get(DATASETS + "history/versions/2")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("version", equalTo(2))
                .body("fields[4].sensitivity", equalTo("a"))
                .body("changes.code", contains("sensitivity_changed"))
                .body("changes.verdict", contains("needs_rights"));
        Trial.as("ana").get(DATASETS + "history/versions/1").then().body("changes", hasSize(0));
        for (String none : List.of("0", "5", "x", "-1", "99999999999999999999", "9223372036854775807")) {
            Trial.as("ana")
                    .get(DATASETS + "history/versions/" + none)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("unknown_dataset_version"));
        }
        Trial.as("bob").get(DATASETS + "history/versions").then().statusCode(404);
        Trial.as("bob")
                .get(DATASETS + "history/versions/1")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown_dataset"));
    }

    @Test
    void attributesAreHeldAgainstTheirOwnRelation() {
        String attribute = """
                {"name": "speed", "type": "int64", "source": {"eav": "trial.entity_values", "entity": "entity_id",
                  "attribute": "attribute_id", "id": 7, "value": "v_int64", "latest": ["event_at", "log_offset"]}}]}
                """;
        String dataset = Trial.FLIGHTS.strip().replaceFirst("]}$", "," + attribute);
        Trial.as("ed")
                .body(dataset)
                .put(DATASETS + "attributed")
                .then()
                .statusCode(201)
                .body("warnings.code", contains("no_index_for_entity"))
                .body("warnings.pointer", contains("/fields/6/source/entity"));
        Trial.as("ed")
                .body(dataset.replace("v_int64", "v_string").replace("log_offset", "nothing"))
                .put(DATASETS + "attributed-wrong")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItems("/fields/6/type", "/fields/6/source/latest/1"));
        Trial.as("ed")
                .body(dataset.replace("trial.entity_values", "trial.nothing"))
                .put(DATASETS + "attributed-wrong")
                .then()
                .statusCode(422)
                .body("errors.code", contains("unknown_relation"))
                .body("errors.pointer", contains("/fields/6/source/eav"));
    }

    private static ValidatableResponse change(String name, String parameters, String declaration) {
        return Trial.as("ed")
                .header("If-Match", "\"1\"")
                .body(declaration)
                .put(DATASETS + name + parameters)
                .then();
    }

    private static String segment(String user, String name, String shared) {
        Response saved = Trial.as(user)
                .body("{\"name\":\"" + name + "\",\"shared\":\"" + shared
                        + "\",\"filter\":{\"field\":\"delay\",\"op\":\"gt\",\"value\":60}}")
                .post(DATASETS + "relied-on/segments");
        saved.then().statusCode(201);
        return saved.jsonPath().getString("id");
    }

    private static String subject(String user) {
        String token = Trial.tokens().user(user);
        byte[] claims = java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return io.restassured.path.json.JsonPath.from(new String(claims, java.nio.charset.StandardCharsets.UTF_8))
                .getString("sub");
    }
}
