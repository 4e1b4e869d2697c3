package io.ashlar.authz.api;

import static io.ashlar.authz.api.Certified.SEARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches: the scenario's cases on what authz keeps (section numbers are the scenario's), their pages, and who may search. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class SearchIT {

    private static final String WHO = """
            {"subject":{"type":"User"},"action":{"name":"dataset.query"},"resource":{"type":"Dataset","id":"flights"}%s}
            """;
    private static final String WHICH = """
            {"subject":{"type":"User","id":"%s"},"action":{"name":"group.visit"},"resource":{"type":"Group"}%s}
            """;
    private static final String WHAT = """
            {"subject":{"type":"User","id":"%s"},"resource":{"type":"Dataset","id":"flights"}%s}
            """;

    private UUID tenant;

    @BeforeEach
    void setUp() {
        tenant = Authz.tenant();
    }

    private ValidatableResponse search(String kind, String body) {
        return Authz.in(tenant, "ada").body(body).post(SEARCH + kind).then();
    }

    private void group(String id, String body) {
        Authz.in(tenant, "ada").body(body).put("/api/v1/groups/" + id).then().statusCode(201);
    }

    /** Viewers u-0 to u-(n−1), the odd ones by groups within groups, and as many users without a role. */
    private List<String> viewers(int n) {
        group("all", "{\"roles\":[\"viewer\"]}");
        group("west", "{\"parents\":[\"all\"]}");
        List<String> viewers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String roles = i % 2 == 0 ? "{\"roles\":[\"viewer\"]}" : "{\"groups\":[\"west\"]}";
            Authz.user(tenant, "u-" + i, roles).then().statusCode(201);
            Authz.user(tenant, "u-" + i + "-no", "{}").then().statusCode(201);
            viewers.add("u-" + i);
        }
        return viewers;
    }

    /** 4.2 */
    @Test
    void findsSubjects() {
        List<String> viewers = viewers(3);
        viewers.addAll(0, List.of(Authz.ANA, Authz.ADA));
        String[] expected = viewers.toArray(String[]::new);
        for (String more : List.of("", ",\"context\":{\"time\":\"t\",\"ip\":\"192.168.1.1\"}", ",\"future\":[1]")) {
            search("subject", WHO.formatted(more))
                    .statusCode(200)
                    .body("results.id", contains(expected))
                    .body("results.type", everyItem(equalTo("User")))
                    .body("page", nullValue())
                    .body("context.policy_version", equalTo(1));
        }
        search("subject", WHO.formatted("").replace("\"User\"}", "\"User\",\"id\":\"u-1-no\"}"))
                .statusCode(200)
                .body("results.id", contains(expected));
    }

    /** 4.3 */
    @Test
    void findsResources() {
        group("east", "{}");
        group("west", "{}");
        Authz.policy(
                        tenant,
                        "visits",
                        "permit(principal in Role::\"viewer\", action == Action::\"group.visit\", resource == Group::\"west\");")
                .then()
                .statusCode(201);
        for (String more : List.of("", ",\"context\":{\"time\":\"t\"}")) {
            search("resource", WHICH.formatted(Authz.ANA, more))
                    .statusCode(200)
                    .body("results.id", contains("west"))
                    .body("results.type", contains("Group"))
                    .body("context.hint", nullValue());
        }
        search("resource", WHICH.formatted(Authz.ANA, "").replace("\"Group\"}", "\"Group\",\"id\":\"east\"}"))
                .statusCode(200)
                .body("results.id", contains("west"));
        search("resource", WHICH.formatted(Authz.ADA, "")).body("results.id", contains("east", "west"));
    }

    /** 4.4: exactly the actions that evaluations of the same question allow. */
    @Test
    void findsActions() {
        List<String> found = search("action", WHAT.formatted(Authz.ANA, ",\"context\":{\"time\":\"t\"}"))
                .statusCode(200)
                .body("results.name", hasItems("dataset.query", "export.create"))
                .body("results.name", not(hasItems("dataset.declare")))
                .extract()
                .path("results.name");
        List<String> known = search("action", WHAT.formatted(Authz.ADA, ""))
                .body("results.name", hasItems("dataset.query", "dataset.declare"))
                .extract()
                .path("results.name");
        assertThat(known).isSorted().doesNotHaveDuplicates();
        for (String action : known) {
            assertThat(Authz.anaMay(tenant, action)).as(action).isEqualTo(found.contains(action));
        }
    }

    /** 4.5 */
    @Test
    void turnsPages() {
        List<String> expected = viewers(4);
        expected.addAll(0, List.of(Authz.ANA, Authz.ADA));
        List<String> found = new ArrayList<>();
        String page = ",\"page\":{\"limit\":2}";
        String token = null;
        int pages = 0;
        while (token == null || !token.isEmpty()) {
            ValidatableResponse answer = search("subject", WHO.formatted(page)).statusCode(200);
            List<String> ids = answer.extract().path("results.id");
            answer.body("page.count", equalTo(ids.size()));
            found.addAll(ids);
            token = answer.extract().path("page.next_token");
            page = ",\"page\":{\"token\":\"" + token + "\"}";
            pages++;
        }
        assertThat(found).isEqualTo(expected);
        assertThat(pages)
                .as("no page is empty: one more than fits is looked for")
                .isEqualTo(3);
        search("subject", WHO.formatted(",\"page\":{\"limit\":0}"))
                .statusCode(200)
                .body("results", empty())
                .body("page.next_token", containsString("v1."));
        search("subject", WHO.formatted(",\"page\":{\"limit\":100000}"))
                .statusCode(200)
                .body("page.next_token", equalTo(""));
    }

    @Test
    void aTokenIsGoodForItsQuestionOnly() {
        viewers(2);
        String token = search("subject", WHO.formatted(",\"page\":{\"limit\":1}"))
                .extract()
                .path("page.next_token");
        String paged = ",\"page\":{\"token\":\"" + token + "\"%s}";
        search("subject", WHO.formatted(paged.formatted(",\"limit\":1"))).statusCode(200);
        search("subject", """
                {"page":{"token":"%s"},"resource":{"id":"flights","type":"Dataset"},
                 "action":{"name":"dataset.query"},"subject":{"type":"User","id":"ignored"}}
                """.formatted(token)).statusCode(200);
        search("subject", WHO.formatted(paged.formatted(",\"limit\":2")))
                .statusCode(400)
                .body("errors.pointer", contains("/page/limit"));
        search("subject", WHO.formatted(paged.formatted("")).replace("flights", "trains"))
                .statusCode(400)
                .body("code", equalTo("cursor_invalid"));
        search("subject", WHO.formatted(paged.formatted("") + ",\"context\":{\"a\":1}"))
                .statusCode(400);
        search("subject", WHO.formatted(",\"page\":{\"token\":\"" + token.substring(1) + "\"}"))
                .statusCode(400);
        Authz.in(Authz.tenant(), "ada")
                .body(WHO.formatted(paged.formatted("")))
                .post(SEARCH + "subject")
                .then()
                .statusCode(400);
        search("subject", WHO.formatted(",\"page\":7")).statusCode(400).body("errors.pointer", contains("/page"));
        search("subject", WHO.formatted(",\"page\":{\"limit\":-1,\"token\":8}"))
                .statusCode(400)
                .body("errors.pointer", contains("/page/limit", "/page/token"));
    }

    /** 4.6: what is not known is not found, and nothing is wrong. */
    @Test
    void findsNothingOfWhatIsNotKnown() {
        for (String type : List.of("spaceship", "a-b c", "Group", "Role")) {
            search("subject", WHO.formatted("").replace("User", type))
                    .statusCode(200)
                    .body("results", empty());
        }
        search("subject", WHO.formatted("").replace("dataset.query", "nobody.does"))
                .statusCode(200)
                .body("results.id", contains(Authz.ADA));
        search("resource", WHICH.formatted("nobody", "")).statusCode(200).body("results", empty());
        search("resource", WHICH.formatted(Authz.ADA, "").replace("Group", "space-ship"))
                .statusCode(200)
                .body("results", empty());
        search("resource", WHICH.formatted(Authz.ADA, "").replace("Group", "Flight"))
                .statusCode(200)
                .body("results", empty())
                .body("context.hint", containsString("/api/v1/plan"));
        search("action", WHAT.formatted("nobody", "")).statusCode(200).body("results", empty());
        search("action", WHAT.formatted(Authz.ADA, "").replace("User", "space-ship"))
                .statusCode(200)
                .body("results", empty());
    }

    /** 4.7 */
    @Test
    void refusesWhatIsNoSearch() {
        String subject = "\"subject\":{\"type\":\"User\",\"id\":\"x\"}";
        String act = "\"action\":{\"name\":\"read\"}";
        String resource = "\"resource\":{\"type\":\"Dataset\",\"id\":\"flights\"}";
        String open = "{\"subject\":{\"type\":\"User\"}," + act + ",\"resource\":{\"type\":\"Dataset\"}}";
        search("subject", "{" + subject + "," + resource + "}").statusCode(400);
        search("subject", "{" + act + "," + resource + "}").statusCode(400);
        search("subject", open).statusCode(400).body("errors.pointer", contains("/resource/id"));
        search("subject", "{\"subject\":{}," + act + "," + resource + "}").statusCode(400);
        search("resource", "{" + act + "," + resource + "}").statusCode(400);
        search("resource", open).statusCode(400).body("errors.pointer", contains("/subject/id"));
        search("action", "{" + subject + "}").statusCode(400).body("errors.pointer", contains("/resource"));
        search("action", "{\"subject\":{\"type\":\"User\"}," + resource + "}")
                .statusCode(400)
                .body("errors.pointer", contains("/subject/id"));
        search("action", "{\"subject\":{\"type\":\"Role\",\"id\":\"admin\"}," + resource + "}")
                .statusCode(400)
                .body("errors.pointer", contains("/subject/type"));
        for (String kind : List.of("subject", "resource", "action")) {
            search(kind, "{").statusCode(400);
            search(kind, "[]").statusCode(400);
            Authz.in(tenant, "ada")
                    .contentType("text/plain")
                    .body(open)
                    .post(SEARCH + kind)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void whoMaySearchIsWhoMayAsk() {
        Authz.in(tenant, "ana")
                .body(WHO.formatted(""))
                .post(SEARCH + "subject")
                .then()
                .statusCode(403);
        Authz.in(tenant, "ana")
                .body(WHAT.formatted(Authz.ANA, ""))
                .post(SEARCH + "action")
                .then()
                .statusCode(200)
                .body("results.name", hasItems("dataset.query"));
        for (String kind : List.of("resource", "action")) {
            Authz.in(tenant, "ana")
                    .body(WHICH.formatted(Authz.ADA, ""))
                    .post(SEARCH + kind)
                    .then()
                    .statusCode(kind.equals("action") ? 400 : 403);
        }
        Authz.in(tenant, "ana")
                .body(WHAT.formatted(Authz.ADA, ""))
                .post(SEARCH + "action")
                .then()
                .statusCode(403);
        Authz.service("ashlar-filter", tenant, Authz.ANA)
                .body(WHO.formatted(""))
                .post(SEARCH + "subject")
                .then()
                .statusCode(200)
                .body("results.id", contains(Authz.ANA, Authz.ADA));
        Authz.in(UUID.randomUUID(), "ada")
                .body(WHAT.formatted(Authz.ADA, ""))
                .post(SEARCH + "action")
                .then()
                .statusCode(200)
                .body("results", empty());
    }
}
