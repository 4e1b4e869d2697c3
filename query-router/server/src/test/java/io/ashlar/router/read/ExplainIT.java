package io.ashlar.router.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.router.choice.ClusterTrial;
import io.ashlar.router.client.ExplainAnswer;
import io.ashlar.router.client.ExplainAnswer.PlanNode;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.trial.LosingTenantSetting;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements are explained as they would run, and are not run. */
@QuarkusTest
class ExplainIT {

    private static final String SECRET = "a label that nobody is to see";

    @TestHTTPResource
    URI router;

    private Trial trial;

    @BeforeEach
    void signIn() {
        trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
    }

    @AfterEach
    void keepTheTenant() {
        LosingTenantSetting.INSTEAD.set(null);
    }

    @Test
    void theKeysIndexIsNamed() {
        ExplainAnswer answer = explain(trial.byId(Trial.TENANT_A, 1), Consistency.EVENTUAL);
        assertThat(answer.store()).isEqualTo("postgresql");
        assertThat(answer.estimatedRows()).isPositive();
        assertThat(answer.estimatedTotalCost()).isPositive();
        assertThat(answer.consistency()).isEqualTo("eventual");
        assertThat(answer.plan().getFirst()).satisfies(root -> {
            assertThat(root.depth()).isZero();
            assertThat(root.rows()).isEqualTo(answer.estimatedRows());
            assertThat(root.cost()).isEqualTo(answer.estimatedTotalCost());
        });
        // One node names both, or two where the planner makes a bitmap first: that is for its statistics to say.
        assertThat(answer.plan()).extracting(PlanNode::relation).contains("parcels");
        assertThat(answer.plan()).extracting(PlanNode::index).contains("parcels_pkey");
    }

    /** The policy's setting is read once, by a node of its own: without row security there would be none. */
    @Test
    void rowSecurityIsInThePlan() {
        ExplainAnswer answer = explain(count(Trial.labelIs(SECRET)), Trial.strong());
        assertThat(answer.plan()).extracting(PlanNode::type).contains("Aggregate", "Result");
    }

    @Test
    void noValueAndNoConditionLeaves() {
        String body = trial.call()
                .consistency(Trial.strong())
                .post(
                        "/api/v1/explain",
                        Map.of("sealed", trial.seal(count(Trial.labelIs(SECRET)).toExplain())),
                        String.class);
        assertThat(body).contains("\"filtered\":true").doesNotContain(SECRET, "tenant_id", "label", "current_setting");
    }

    @Test
    void allReadsOfRowsAreExplained() {
        SealedQuery groups = Trial.groups(
                Trial.TENANT_A,
                Trial.parcels(),
                new Filter.All(),
                "{\"aggregate\":{\"group_by\":[{\"field\":\"label\"}],\"measures\":[{\"fn\":\"count\",\"as\":\"n\"}]}}",
                null);
        SealedQuery stream =
                Trial.query(Trial.TENANT_A, Operation.STREAM, Trial.parcels(), new Filter.All(), 0, List.of("id"));
        for (SealedQuery query : List.of(groups, stream, count(new Filter.All()))) {
            ExplainAnswer answer = explain(query, Trial.strong());
            assertThat(answer.plan()).extracting(PlanNode::relation).contains("parcels");
            assertThat(answer.source()).isEqualTo("primary");
            assertThat(answer.lagMs()).isZero();
        }
    }

    /** Were it run, it would sleep longer than a statement may. */
    @Test
    void nothingIsRun() {
        ConsistencyToken token = null;
        for (int i = 0; i < 15; i++) {
            token = Trial.write(Trial.TENANT_A, Trial.nextId(), "slow");
        }
        SealedQuery slow = Trial.query(
                Trial.TENANT_A, Operation.PAGE, Trial.slowParcels(), new Filter.All(), 100, List.of("id", "slept"));
        assertThat(explain(slow, Trial.session(token)).estimatedTotalCost()).isPositive();
    }

    @Test
    void whatIsNotThereIsUnknown() {
        Dataset parcels = Trial.parcels();
        Dataset other =
                new Dataset("other", 1, "app.nothing", "tenant_id", parcels.key(), "Parcel", null, parcels.fields());
        ReadIT.refused(
                "relation_unknown",
                () -> explain(
                        Trial.query(Trial.TENANT_A, Operation.COUNT, other, new Filter.All(), 0, List.of()),
                        Trial.strong()));
    }

    @Test
    void aLostTenantSettingExplainsNothing() {
        for (String instead : List.of("", Trial.TENANT_B.toString())) {
            LosingTenantSetting.INSTEAD.set(instead);
            ReadIT.refused("tenant_setting_lost", () -> explain(trial.byId(Trial.TENANT_A, 1), Trial.strong()));
        }
    }

    @Test
    void anExplanationsSealRunsNothing() {
        String seal = trial.seal(trial.byId(Trial.TENANT_A, 1).toExplain());
        ReadIT.refused("operation_mismatch", () -> trial.client().page(seal, Trial.strong()));
        JsonNode answer = trial.call().post("/api/v1/explain", Map.of("sealed", seal), JsonNode.class);
        assertThat(answer.has("rows")).isFalse();
    }

    private ExplainAnswer explain(SealedQuery query, Consistency consistency) {
        return trial.client().explain(trial.seal(query.toExplain()), consistency);
    }

    private static SealedQuery count(Filter filter) {
        return Trial.query(Trial.TENANT_A, Operation.COUNT, Trial.parcels(), filter, 0, List.of());
    }
}
