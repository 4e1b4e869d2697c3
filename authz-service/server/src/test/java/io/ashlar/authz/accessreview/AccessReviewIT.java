package io.ashlar.authz.accessreview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.ashlar.authz.api.Authz;
import io.ashlar.authz.journal.AuditEvents;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who has what is said once for each grant, and what nobody keeps ends by its date: once, and wherever it is asked. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class AccessReviewIT {

    @Inject
    Lapsing lapsing;

    private final Instant due = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);

    /** Ada is admin, ana viewer, ben editor and in the group west, which has the role publisher. */
    private static UUID tenant() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ada")
                .body("{\"parents\":[],\"roles\":[\"publisher\"]}")
                .put("/api/v1/groups/west")
                .then()
                .statusCode(201);
        Authz.user(tenant, "ben", "{\"roles\":[\"editor\"],\"groups\":[\"west\"]}")
                .then()
                .statusCode(201);
        return tenant;
    }

    private String body(boolean lapse) {
        return "{\"due_at\":\"" + due + "\",\"lapse\":" + lapse + ",\"reason\":\"fourth quarter\"}";
    }

    private static Response put(UUID tenant, String user, String id, String body) {
        return Authz.in(tenant, user).body(body).put("/api/v1/access-reviews/" + id);
    }

    private static Response get(UUID tenant, String path) {
        return Authz.in(tenant, "ada").get("/api/v1/access-reviews/" + path);
    }

    private static String item(String subject, String grant, String verdict, String more) {
        String[] of = subject.split(" ", -1);
        String[] what = grant.split(" ", -1);
        return """
                {"subject":{"type":"%s","id":"%s"},"grant":{"type":"%s","id":"%s"},"verdict":"%s"%s}
                """.formatted(of[0], of[1], what[0], what[1], verdict, more);
    }

    private static Response attest(UUID tenant, String user, String id, String... items) {
        return Authz.in(tenant, user)
                .body("{\"items\":[" + String.join(",", items) + "]}")
                .post("/api/v1/access-reviews/" + id + "/attestations");
    }

    /** Moves dates into the past, as no role of the service can. */
    private static void past(UUID tenant, String sql) throws SQLException {
        Endpoints endpoints = StackResource.stack().endpoints();
        try (Connection superuser = DriverManager.getConnection(
                        endpoints.jdbcUrl(Server.CONTROL),
                        Endpoints.SUPERUSER,
                        endpoints.databasePassword(Endpoints.SUPERUSER));
                PreparedStatement update = superuser.prepareStatement(sql)) {
            update.setObject(1, tenant);
            assertThat(update.executeUpdate()).isPositive();
        }
    }

    private static void due(UUID tenant) throws SQLException {
        past(tenant, "UPDATE authz.access_reviews SET due_at = clock_timestamp() WHERE tenant_id = ?");
    }

    private static List<String> roles(UUID tenant, String user) {
        return Authz.in(tenant, "ada")
                .get("/api/v1/users/" + user)
                .then()
                .statusCode(200)
                .extract()
                .path("roles");
    }

    @Test
    void showsWhoHasWhatAndTakesTheWordOfAReviewer() {
        UUID tenant = tenant();
        put(tenant, "ada", "q4", body(true))
                .then()
                .statusCode(201)
                .body("review.state", equalTo("open"))
                .body("counts.grants", equalTo(5))
                .body("counts.unattested", equalTo(5));
        put(tenant, "ada", "q4", body(true)).then().statusCode(200).body("counts.grants", equalTo(5));
        put(tenant, "ada", "q4", body(false)).then().statusCode(409).body("code", equalTo("conflict"));
        get(tenant, "q4/grants")
                .then()
                .statusCode(200)
                .body("items.subject.id", contains("west", Authz.ANA, Authz.ADA, "ben", "ben"))
                .body("items[0].grant.id", equalTo("publisher"))
                .body("items[0].permissions", hasItems("policy.publish", "policy.draft", "dataset.query"))
                .body("items.find { it.grant.id == 'admin' }.permissions", hasItem("*"))
                .body("items.find { it.grant.id == 'viewer' }.permissions", not(hasItem("policy.draft")));
        String cursor = get(tenant, "q4/grants?limit=4").then().extract().path("next_cursor");
        get(tenant, "q4/grants?limit=4&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("next_cursor", nullValue());

        String keep = item("User " + Authz.ANA, "Role viewer", "keep", ",\"until\":\"" + due + "\"");
        attest(tenant, "ada", "q4", keep, item("User ben", "Group west", "revoke", ",\"reason\":\"moved\""))
                .then()
                .statusCode(200)
                .body("counts.kept", equalTo(1))
                .body("counts.revoked", equalTo(1));
        attest(tenant, "ada", "q4", keep).then().statusCode(200).body("counts.kept", equalTo(1));
        Authz.in(tenant, "ada")
                .get("/api/v1/users/ben")
                .then()
                .body("groups", empty())
                .body("roles", contains("editor"));
        get(tenant, "q4/grants?state=unattested").then().body("items", hasSize(3));
        get(tenant, "q4/evidence")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.attested_by", contains(Authz.ADA, Authz.ADA))
                .body("items.verdict", contains("keep", "revoke"))
                .body("items[0].until", equalTo(due.toString()))
                .body("items[1].reason", equalTo("moved"));
        get(tenant, "").then().statusCode(200).body("items.id", hasItem("q4"));
    }

    @Test
    void whatNobodyKeepsLapsesOnceWithTwoInstances() throws Exception {
        UUID tenant = tenant();
        put(tenant, "ada", "q4", body(true)).then().statusCode(201);
        attest(tenant, "ada", "q4", item("User ben", "Role editor", "keep", ""))
                .then()
                .statusCode(200);
        assertThat(Authz.anaMay(tenant, "dataset.query")).isTrue();
        due(tenant);
        try (ExecutorService instances = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                runs.add(instances.submit(lapsing::run));
            }
            for (Future<Integer> run : runs) {
                run.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("an instance failed", e);
        }
        assertThat(Authz.anaMay(tenant, "dataset.query"))
                .as("at once, without waiting for a cache")
                .isFalse();
        assertThat(roles(tenant, Authz.ANA)).isEmpty();
        assertThat(roles(tenant, "ben")).containsExactly("editor");
        assertThat(roles(tenant, Authz.ADA)).as("nobody else could undo it").containsExactly("admin");
        get(tenant, "q4")
                .then()
                .statusCode(200)
                .body("review.state", equalTo("closed"))
                .body("counts.lapsed", equalTo(3))
                .body("counts.spared", equalTo(1))
                .body("counts.kept", equalTo(1));
        get(tenant, "q4/evidence")
                .then()
                .body("items.findAll { it.verdict == 'lapse' }", hasSize(3))
                .body("items.findAll { it.verdict == 'spare' }", hasSize(1))
                .body("items.attested_by", hasItem("access-review:q4"));
        attest(tenant, "ada", "q4", item("User ben", "Role editor", "revoke", ""))
                .then()
                .statusCode(409)
                .body("code", equalTo("access_review_closed"));
        assertThat(lapsing.run()).as("nothing is left to end").isZero();
        audited(tenant, "access.lapse access-review:q4", "access.attest " + Authz.ADA);
    }

    private static void audited(UUID tenant, String... changes) {
        try (AuditEvents events = AuditEvents.of(tenant)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(events.read())
                    .filteredOn(event -> event.resource().type().equals("AccessReview"))
                    .extracting(event -> event.action() + ' ' + event.actor())
                    .contains(changes));
        }
    }

    @Test
    void withoutLapseADateTakesNothing() throws SQLException {
        UUID tenant = tenant();
        put(tenant, "ada", "q4", body(false)).then().statusCode(201);
        due(tenant);
        lapsing.run();
        assertThat(roles(tenant, Authz.ANA)).containsExactly("viewer");
        get(tenant, "q4")
                .then()
                .body("review.state", equalTo("closed"))
                .body("counts.unattested", equalTo(5))
                .body("counts.lapsed", equalTo(0));
    }

    @Test
    void whatIsKeptUntilADateLapsesThenUnlessALaterReviewKeepsIt() throws SQLException {
        UUID tenant = tenant();
        put(tenant, "ada", "first", body(true)).then().statusCode(201);
        String until = ",\"until\":\"" + due + "\"";
        attest(
                        tenant,
                        "ada",
                        "first",
                        item("User " + Authz.ANA, "Role viewer", "keep", until),
                        item("User ben", "Role editor", "keep", until),
                        item("User ben", "Group west", "keep", ""),
                        item("Group west", "Role publisher", "keep", ""))
                .then()
                .statusCode(200);
        put(tenant, "ada", "second", body(false)).then().statusCode(201);
        attest(tenant, "ada", "second", item("User ben", "Role editor", "keep", ""))
                .then()
                .statusCode(200);
        past(
                tenant,
                "UPDATE authz.access_grants SET until = clock_timestamp() WHERE tenant_id = ? AND until IS NOT NULL");
        lapsing.run();
        assertThat(roles(tenant, Authz.ANA)).isEmpty();
        assertThat(roles(tenant, "ben")).containsExactly("editor");
        get(tenant, "first")
                .then()
                .body("review.state", equalTo("open"))
                .body("counts.lapsed", equalTo(1))
                .body("counts.renewed", equalTo(1))
                .body("counts.kept", equalTo(2));
        attest(tenant, "ada", "first", item("User " + Authz.ANA, "Role viewer", "keep", ""))
                .then()
                .statusCode(422)
                .body("code", equalTo("attestation_invalid"))
                .body("errors.code", hasItem("grant_ended"));
    }

    @Test
    void nobodyKeepsAGrantOfTheirOwn() {
        UUID tenant = tenant();
        put(tenant, "ada", "q4", body(true)).then().statusCode(201);
        attest(
                        tenant,
                        "ada",
                        "q4",
                        item("User " + Authz.ADA, "Role admin", "keep", ""),
                        item("User nobody", "Role admin", "keep", ""),
                        item("User ben", "Role editor", "revoke", ""))
                .then()
                .statusCode(422)
                .body("errors.code", contains("own_grant", "unknown_grant"))
                .body("errors.pointer", contains("/items/0", "/items/1"));
        assertThat(roles(tenant, "ben")).as("all or none").containsExactly("editor");
    }

    @Test
    void aReviewMayBeOfSomeRolesOnly() {
        UUID tenant = tenant();
        put(
                        tenant,
                        "ada",
                        "some",
                        "{\"due_at\":\"" + due + "\",\"roles\":[\"admin\",\"publisher\"],\"groups\":[\"west\"]}")
                .then()
                .statusCode(201)
                .body("review.lapse", equalTo(false))
                .body("counts.grants", equalTo(3));
        get(tenant, "some/grants").then().body("items.grant.id", contains("publisher", "admin", "west"));
    }

    @Test
    void whatIsAskedWronglyIsSaidAllAtOnce() {
        UUID tenant = tenant();
        put(tenant, "ada", "-", "{\"due_at\":\"2020-01-01T00:00:00Z\",\"lapse\":1,\"roles\":[\"a\",\"a\"],\"x\":1}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/id", "/due_at", "/lapse", "/roles/1", "/x"));
        put(tenant, "ada", "q", "{\"due_at\":\"soon\"}")
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("wrong_type"));
        put(tenant, "ada", "q", "{}").then().statusCode(400).body("errors.code", hasItem("missing_key"));
        put(tenant, "ada", "q4", body(true)).then().statusCode(201);
        attest(
                        tenant,
                        "ada",
                        "q4",
                        "7",
                        item("Role x", "User y", "perhaps", ",\"z\":1"),
                        item("User ben", "Role editor", "revoke", ",\"until\":\"" + due + "\""))
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        hasItems(
                                "/items/0",
                                "/items/1/z",
                                "/items/1/subject/type",
                                "/items/1/grant/type",
                                "/items/1/verdict",
                                "/items/2/until"));
        String twice = item("User ben", "Role editor", "keep", "");
        attest(tenant, "ada", "q4", twice, twice)
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("duplicate_value"));
        attest(tenant, "ada", "q4").then().statusCode(400);
        get(tenant, "q4/grants?state=late").then().statusCode(400);
        get(tenant, "q4/grants?limit=0").then().statusCode(400);
        get(tenant, "none").then().statusCode(404);
        get(tenant, "none/grants").then().statusCode(404);
        get(tenant, "none/evidence").then().statusCode(404);
        attest(tenant, "ada", "none", twice).then().statusCode(404);
    }

    @Test
    void isForWhomPoliciesLetAndForNoOtherTenant() {
        UUID tenant = tenant();
        put(tenant, "ada", "q4", body(true)).then().statusCode(201);
        put(tenant, "ana", "mine", body(true)).then().statusCode(403);
        attest(tenant, "ana", "q4", item("User ben", "Role editor", "revoke", ""))
                .then()
                .statusCode(403);
        for (String path : List.of("", "q4", "q4/grants", "q4/evidence")) {
            Authz.in(tenant, "ana").get("/api/v1/access-reviews/" + path).then().statusCode(403);
        }
        UUID other = tenant();
        get(other, "q4").then().statusCode(404);
        get(other, "").then().statusCode(200).body("items", empty());
    }

    @Test
    void openReviewsAreBounded() {
        UUID tenant = tenant();
        for (int i = 0; i < 10; i++) {
            put(tenant, "ada", "r" + i, body(false)).then().statusCode(201);
        }
        put(tenant, "ada", "r10", body(false)).then().statusCode(429).body("code", equalTo("quota_exceeded"));
        put(tenant, "ada", "r9", body(false)).then().statusCode(200);
    }
}
