package io.ashlar.authz.impact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.impact.Evidence.Attached;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.authz.policy.DefaultPolicies;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.impact.ImpactKeys;
import io.ashlar.filter.impact.ImpactResult;
import io.ashlar.filter.impact.ImpactResult.Difference;
import io.ashlar.filter.impact.ImpactResult.Question;
import io.ashlar.filter.impact.ImpactResult.Subject;
import io.ashlar.local.bench.Reading;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A reading, not an assertion: what comparing everybody's plans costs in a tenant with as many users as one may have, where few
 * pairs of plans are shared by many, and where each user has a pair of their own.
 */
@EnabledIfSystemProperty(named = "ashlar.bench", matches = "true")
class GateBenchTest {

    private static final int USERS = 100_000;
    private static final int ROUNDS = 5;
    private static final UUID TENANT = UUID.randomUUID();
    private static final ImpactKeys KEYS = ImpactKeys.parse("k1:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
    private static final Question QUESTION = new Question(
            "read",
            "Flight",
            List.of(
                    new PlanField("origin", PlanField.PUBLIC, FieldType.STRING),
                    new PlanField("delay", PlanField.PUBLIC, FieldType.INT64),
                    new PlanField("distance", "internal", FieldType.INT64)));
    private static final CedarEngine CEDAR = new CedarEngine();

    private static PolicySet present() {
        SortedMap<String, String> policies = new TreeMap<>(DefaultPolicies.texts());
        policies.put(
                "default-viewer",
                "permit(principal in Role::\"viewer\", action == Action::\"dataset.query\", resource);");
        policies.put("home-flights", """
                permit(principal in Role::"viewer", action == Action::"read", resource is Flight)
                when { principal has home && resource.origin == principal.home };
                """);
        return new PolicySet(7, policies, Map.of(), List.of());
    }

    private static PolicySet next(PolicySet present) {
        SortedMap<String, String> policies = new TreeMap<>(present.policies());
        policies.put("late-flights", """
                permit(principal in Role::"viewer", action == Action::"read", resource is Flight)
                when { resource has delay && resource.delay > 60 };
                """);
        return new PolicySet(7, policies, Map.of(), List.of());
    }

    private static TenantSnapshot tenant(PolicySet present, int homes) {
        EntityUid viewer = new EntityUid("Role", "viewer");
        List<EntityFacts> facts = new ArrayList<>();
        facts.add(EntityFacts.of(new Entity(viewer, Map.of(), Set.of())));
        for (int i = 0; i < USERS; i++) {
            facts.add(EntityFacts.of(new Entity(
                    new EntityUid("User", user(i)),
                    Map.of("home", new CedarValue.Text("home-" + i % homes)),
                    Set.of(viewer))));
        }
        List<PolicySource> sources = present.sources();
        return new TenantSnapshot(
                TENANT,
                new Versions(9, 7),
                CEDAR.compile(sources),
                sources,
                sources.stream().map(PolicyTree::of).toList(),
                EntityStore.of(facts),
                Set.of());
    }

    private static String user(int number) {
        return "%08d-0000-4000-8000-000000000000".formatted(number);
    }

    /** One result with one subject of each home, as many as a result holds. */
    private static Evidence evidence(Plans plans, int homes) {
        Difference some = new Difference(150, List.of(), List.of());
        Difference none = new Difference(0, List.of(), List.of());
        List<Subject> subjects = new ArrayList<>();
        for (int i = 0; i < Math.min(homes, 100); i++) {
            subjects.add(new Subject(user(i), "sha256:00", "sha256:01", plans.decides(user(i), QUESTION), some, none));
        }
        String jws = KEYS.sign(new ImpactResult(TENANT, "flights", 3, "ada", Instant.now(), null, QUESTION, subjects))
                .jws();
        return new Evidence(
                new Evidence.Demand(true, false, List.of("flights")),
                "ada",
                "sha256:02",
                List.of(new Attached(Evidence.sha256(jws), "flights", jws, "ada", Instant.now())),
                List.of());
    }

    @Test
    void read() throws IOException {
        Reading reading = Reading.of("authz-gate");
        reading.node()
                .put("users", USERS)
                .put("rounds", ROUNDS)
                .put(
                        "statement",
                        "all users' plans by a set of six policies and by it and a seventh, one question, on one thread; best round");
        ImpactTrust trust = new ImpactTrust(new TrustConfig(Optional.of(KEYS.jwks())));
        for (int homes : new int[] {50, USERS}) {
            PolicySet present = present();
            PolicySet next = next(present);
            Plans plans = Plans.of(CEDAR, tenant(present, homes), present, next);
            Evidence evidence = evidence(plans, homes);
            double best = Double.MAX_VALUE;
            double first = 0;
            Standing standing = null;
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                standing = new Coverage(TENANT, trust, plans, () -> {}).of(evidence, 12, false);
                double millis = (System.nanoTime() - began) / 1e6;
                first = round == 0 ? millis : first;
                best = Math.min(best, millis);
            }
            ObjectNode node = reading.node().putObject("pairs_of_plans_" + homes);
            node.put("first_ms", Reading.rounded(first))
                    .put("best_ms", Reading.rounded(best))
                    .put("micros_per_user", Reading.rounded(best * 1_000 / USERS));
            if (standing != null) {
                node.put("gains", standing.gains().count())
                        .put("missing", standing.missing().count());
            }
        }
        reading.write();
    }
}
