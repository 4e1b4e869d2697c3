package io.ashlar.authz.api;

import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Drafts, settings and versions as tests ask for them. */
final class Drafts {

    static final String HOME =
            "permit(principal in Role::\\\"viewer\\\", action == Action::\\\"read\\\", resource is Flight)"
                    + " when { principal has home && resource.origin == principal.home };";

    static final String TESTS = """
            cases:
              - name: own airport
                principal: {type: User, id: ana, attributes: {home: SFO}, parents: [{type: Role, id: viewer}]}
                action: read
                resource: {type: Flight, id: f1, attributes: {origin: SFO}}
                decision: allow
                determining: [home-flights]
              - name: no other airport
                principal: {type: User, id: ana, attributes: {home: SFO}, parents: [{type: Role, id: viewer}]}
                action: read
                resource: {type: Flight, id: f2, attributes: {origin: LAX}}
                decision: deny
            """;

    static final String SCHEMA = """
            entity User = { home?: String };
            entity Flight = { origin: String };
            action "read" appliesTo { principal: [User], resource: [Flight] };
            """;

    private Drafts() {}

    /** A text in a JSON string. */
    static String json(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** Viewers read everything by default; this takes that away and gives the flights of their own airport. */
    static String homeFlights() {
        return "{\"reason\":\"own airports\",\"policies\":{\"default-viewer\":null,\"home-flights\":\"" + HOME
                + "\"},\"schema\":" + json(SCHEMA) + ",\"tests\":" + json(TESTS) + "}";
    }

    static Response put(UUID tenant, String user, String id, String body) {
        return Authz.in(tenant, user).body(body).put("/api/v1/policy-drafts/" + id);
    }

    /** Validates, tests or publishes. */
    static Response step(UUID tenant, String user, String id, String step) {
        return Authz.in(tenant, user).body("{}").post("/api/v1/policy-drafts/" + id + '/' + step);
    }

    static Response settings(UUID tenant, boolean twoPerson) {
        return Authz.in(tenant, "ada")
                .body("{\"two_person\":" + twoPerson + "}")
                .put("/api/v1/policy-settings");
    }

    static Response rollback(UUID tenant, String user, long version) {
        return Authz.in(tenant, user)
                .body("{\"reason\":\"back\"}")
                .post("/api/v1/policy-versions/" + version + "/rollback");
    }

    /** The policies of a version, by id. */
    static String ids(UUID tenant, long version) {
        return Authz.in(tenant, "ada")
                .get("/api/v1/policy-versions/" + version + "/policies")
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("items.id")
                .stream()
                .collect(Collectors.joining(","));
    }
}
