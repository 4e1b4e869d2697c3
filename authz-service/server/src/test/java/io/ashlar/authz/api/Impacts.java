package io.ashlar.authz.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanDigest;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.filter.impact.ImpactKeys;
import io.ashlar.filter.impact.ImpactResult;
import io.ashlar.filter.impact.ImpactResult.Decides;
import io.ashlar.filter.impact.ImpactResult.Difference;
import io.ashlar.filter.impact.ImpactResult.Question;
import io.ashlar.filter.impact.ImpactResult.Subject;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A draft that gives somebody rows, and results as filter-service signs them, of plans that authz itself has made for it. */
final class Impacts {

    /** RFC 8032, 7.1: the secret key of test 1, which the server under test trusts. */
    static final ImpactKeys TRUSTED = ImpactKeys.parse("k2:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    /** The secret key of test 2, by the same name. */
    static final ImpactKeys STRANGE = ImpactKeys.parse("k2:TM0Imyj_ltqdtsNG7BFODKEeB_aZhJcoV6RlUoWy4Qk");

    static final String DATASET = "flights";
    static final Question QUESTION = new Question(
            "read",
            "Flight",
            List.of(
                    new PlanField("origin", "public", FieldType.STRING),
                    new PlanField("delay", "public", FieldType.INT64),
                    new PlanField("distance", "internal", FieldType.INT64)));

    static final String REQUIRED = "{\"two_person\":false,\"impact\":\"required\",\"impact_datasets\":[\"flights\"]}";

    static final String LATE = """
            {"reason":"late flights","policies":{"late-flights":
             "permit(principal in Role::\\"viewer\\", action == Action::\\"read\\", resource is Flight) when { resource has delay && resource.delay > 60 };"}}
            """;

    private static final Difference NOTHING = new Difference(0, List.of(), List.of());

    private Impacts() {}

    /** Viewers read the flights of their own airport, and a draft would give them late ones too. */
    static UUID late() {
        UUID tenant = Authz.tenant();
        Drafts.put(tenant, "ada", "home", Drafts.homeFlights().replace(Drafts.json(Drafts.SCHEMA), "null"))
                .then()
                .statusCode(201);
        Drafts.step(tenant, "ada", "home", "publish").then().statusCode(200);
        settings(tenant, REQUIRED).then().statusCode(200);
        Drafts.put(tenant, "ada", "late", LATE).then().statusCode(201);
        return tenant;
    }

    /** Whoever gains or loses rows, by the plans of now. */
    static Subject subject(UUID tenant, String draft, String subject, long gained, long lost) {
        JsonNode plans = plans(tenant, draft, subject);
        return new Subject(
                subject,
                "sha256:00",
                "sha256:01",
                new Decides(digest(plans.path("before")), digest(plans.path("after"))),
                rows(gained),
                rows(lost));
    }

    private static Difference rows(long rows) {
        return rows == 0 ? NOTHING : new Difference(rows, List.of(), List.of());
    }

    private static String digest(JsonNode plan) {
        if (PlanJson.read(plan) instanceof Parsed.Ok<Plan>(Plan read)) {
            return PlanDigest.of(read);
        }
        throw new AssertionError("no plan: " + plan);
    }

    private static JsonNode plans(UUID tenant, String draft, String subject) {
        String answer = preview(tenant, "ada", draft, subject)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        try {
            return WireJson.mapper().readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Response preview(UUID tenant, String user, String draft, String subject) {
        return Authz.in(tenant, user).body("""
                        {"subject":{"type":"User","id":"%s"},"action":{"name":"read"},"resource":{"type":"Flight"},
                         "fields":[{"path":"origin","type":"string"},{"path":"delay","type":"int64"},
                                   {"path":"distance","type":"int64","sensitivity":"internal"}]}
                        """.formatted(subject)).post("/api/v1/policy-drafts/" + draft + "/plan");
    }

    /** A result of now. */
    static String result(UUID tenant, Subject... subjects) {
        return signed(TRUSTED, tenant, Instant.now(), QUESTION, subjects);
    }

    static String signed(
            ImpactKeys keys, UUID tenant, Instant askedAt, @Nullable Question question, Subject... subjects) {
        ImpactResult result = new ImpactResult(
                tenant,
                DATASET,
                3,
                Authz.ADA,
                askedAt.truncatedTo(ChronoUnit.MICROS),
                "v1.e30",
                question,
                List.of(subjects));
        return keys.sign(result).jws();
    }

    static Response attach(UUID tenant, String user, String draft, String jws) {
        return Authz.in(tenant, user)
                .body("{\"impact\":\"" + jws + "\"}")
                .post("/api/v1/policy-drafts/" + draft + "/impacts");
    }

    static Response standing(UUID tenant, String draft) {
        return Authz.in(tenant, "ada").get("/api/v1/policy-drafts/" + draft + "/impacts");
    }

    static String evidence(UUID tenant, String draft) {
        return standing(tenant, draft).then().statusCode(200).extract().path("evidence");
    }

    static Response approve(UUID tenant, String user, String draft, String evidence) {
        return Authz.in(tenant, user)
                .body("{\"evidence\":\"" + evidence + "\",\"reason\":\"as agreed\"}")
                .post("/api/v1/policy-drafts/" + draft + "/approve");
    }

    static Response settings(UUID tenant, String body) {
        return Authz.in(tenant, "ada").body(body).put("/api/v1/policy-settings");
    }
}
