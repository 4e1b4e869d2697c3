package io.ashlar.authz.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.api.Authz;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.client.Decision;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.Evaluation;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.embedded.EmbeddedAuthz;
import io.ashlar.local.Endpoints;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An embedded decision point decides as the service does, over the real topic and the real snapshot. */
@QuarkusTest
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "authz"),
            @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")
        })
class EmbeddedIT {

    private static final int QUESTIONS = 150;

    private static final Map<String, String> POLICIES = Map.of(
            "level", "permit(principal, action == Action::\"raise\", resource is Doc) when { context.level >= 2 };",
            "rate",
                    "permit(principal, action == Action::\"spend\", resource) when { resource.rate.lessThan(decimal(\"1.5\")) };",
            "boss",
                    "permit(principal, action == Action::\"sign\", resource) when { resource.owner in Group::\"west\" };",
            "secret", "forbid(principal, action, resource) when { resource has secret && resource.secret };",
            "broken", "forbid(principal, action == Action::\"odd\", resource) when { context.missing };",
            "tags",
                    "permit(principal, action == Action::\"odd\", resource) when { resource.tags.containsAll([\"a\", \"b\"]) };",
            "net",
                    "permit(principal in Group::\"west\", action, resource is Net) when { context.from.isInRange(ip(\"10.0.0.0/8\")) };");

    @TestHTTPResource
    @Nullable URI root;

    @Test
    void decidesAsTheServiceDoes() {
        UUID tenant = populated();
        Endpoints endpoints = StackResource.stack().endpoints();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Evaluation> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            questions.add(question(random));
        }
        OnBehalfOf ana = new OnBehalfOf(tenant, Authz.ANA);
        URI authz = Objects.requireNonNull(root);
        try (RemoteAuthz remote = Clients.remote(endpoints, authz, latency -> {});
                EmbeddedAuthz embedded = Clients.embedded(endpoints, authz, latency -> {})) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> embedded.fresh() && embedded.warm(tenant));
            List<Decision> asked = remote.onBehalfOf(ana).checkAll(questions);
            int allowed = 0;
            for (int i = 0; i < QUESTIONS; i++) {
                Evaluation question = questions.get(i);
                Decision here = embedded.onBehalfOf(ana)
                        .check(question.subject(), question.action(), question.resource(), question.context());
                assertThat(told(here)).as("seed %d: %s", seed, question).isEqualTo(told(asked.get(i)));
                allowed += here.allowed() ? 1 : 0;
            }
            assertThat(allowed).as("both kinds of decisions").isBetween(QUESTIONS / 20, QUESTIONS * 19 / 20);
        }
    }

    /** All but the words of errors, which are for people. */
    private static List<Object> told(Decision decision) {
        return List.of(
                decision.outcome(),
                decision.policyVersion(),
                decision.revision(),
                decision.reasons().stream().sorted().toList(),
                decision.errors().isEmpty());
    }

    private static UUID populated() {
        UUID tenant = Authz.tenant();
        Authz.in(tenant, "ada")
                .body("{\"parents\":[]}")
                .put("/api/v1/groups/west")
                .then()
                .statusCode(201);
        Authz.user(tenant, Authz.ANA, "{\"roles\":[\"viewer\"],\"groups\":[\"west\"],\"attributes\":{\"level\":3}}")
                .then()
                .statusCode(200);
        POLICIES.forEach((id, cedar) -> Authz.policy(tenant, id, cedar).then().statusCode(201));
        return tenant;
    }

    private static Evaluation question(Random random) {
        Map<String, Object> properties = new HashMap<>();
        maybe(random, properties, "secret", random.nextInt(4) == 0);
        maybe(random, properties, "rate", new BigDecimal(random.nextInt(4) + ".5"));
        maybe(random, properties, "tags", List.of("a", random.nextBoolean() ? "b" : "c"));
        maybe(
                random,
                properties,
                "owner",
                Map.of("__entity", Map.of("type", "User", "id", random.nextBoolean() ? Authz.ANA : Authz.ADA)));
        Map<String, Object> context = new HashMap<>();
        maybe(random, context, "level", random.nextInt(4));
        maybe(random, context, "missing", true);
        maybe(
                random,
                context,
                "from",
                Map.of("__extn", Map.of("fn", "ip", "arg", (random.nextBoolean() ? "10" : "11") + ".0.0.1")));
        String subject = pick(random, Authz.ANA, Authz.ADA, "nobody");
        String action = pick(random, "raise", "spend", "sign", "odd", "dataset.query", "policy.write");
        String type = pick(random, "Doc", "Net", "Dataset", "User");
        return new Evaluation(
                EntityRef.user(subject),
                action,
                new EntityRef(type, type.equals("User") ? Authz.ANA : "1", properties),
                context);
    }

    private static void maybe(Random random, Map<String, Object> facts, String name, Object value) {
        if (random.nextInt(3) > 0) {
            facts.put(name, value);
        }
    }

    private static String pick(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }
}
