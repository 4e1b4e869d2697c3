package io.ashlar.authz.api;

import io.restassured.response.ValidatableResponse;
import java.util.UUID;

/** A tenant set up as AuthZEN's public certification scenario asks, and its administrator as the enforcement point. */
final class Certified {

    static final String EVALUATION = "/access/v1/evaluation";
    static final String EVALUATIONS = "/access/v1/evaluations";
    static final String SEARCH = "/access/v1/search/";

    static final String ALICE = "{\"type\":\"user\",\"id\":\"alice\"}";
    static final String BOB = "{\"type\":\"user\",\"id\":\"bob\"}";
    static final String BOSS = "{\"type\":\"user\",\"id\":\"bob\",\"properties\":{\"role\":\"admin\"}}";
    static final String ACTIVE = "{\"type\":\"record\",\"id\":\"record-1\"}";
    static final String ARCHIVED = "{\"type\":\"record\",\"id\":\"record-2\",\"properties\":{\"status\":\"archived\"}}";

    private final UUID tenant = Authz.tenant();

    /** With the eight rules of the scenario, in Cedar. */
    Certified() {
        policy(
                "readers",
                "permit(principal is user, action == Action::\"read\", resource is record)"
                        + " when { [user::\"alice\", user::\"bob\"].contains(principal) };");
        policy("writer", "permit(principal == user::\"alice\", action == Action::\"write\", resource is record);");
        policy(
                "archive",
                "forbid(principal, action == Action::\"write\", resource is record)"
                        + " when { resource has status && resource.status == \"archived\" }"
                        + " unless { principal has role && principal.role == \"admin\" };");
        policy(
                "archivist",
                "permit(principal is user, action == Action::\"write\", resource is record) when {"
                        + " principal has role && principal.role == \"admin\""
                        + " && resource has status && resource.status == \"archived\" };");
        policy(
                "bin",
                "permit(principal == user::\"alice\", action == Action::\"delete\", resource is record) when {"
                        + " context has action_properties && context.action_properties has soft"
                        + " && context.action_properties.soft };");
    }

    UUID tenant() {
        return tenant;
    }

    private void policy(String id, String cedar) {
        Authz.policy(tenant, id, cedar).then().statusCode(201);
    }

    ValidatableResponse ask(String path, String body) {
        return Authz.in(tenant, "ada").body(body).post(path).then();
    }

    /** The decision about three parts, each in JSON. */
    boolean decides(String subject, String action, String resource) {
        return ask(EVALUATION, question(subject, action, resource))
                .statusCode(200)
                .extract()
                .path("decision");
    }

    static String question(String subject, String action, String resource) {
        return "{\"subject\":" + subject + ",\"action\":" + action + ",\"resource\":" + resource + "}";
    }

    static String action(String name) {
        return "{\"name\":\"" + name + "\"}";
    }
}
