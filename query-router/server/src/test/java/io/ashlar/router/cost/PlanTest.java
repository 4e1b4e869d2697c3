package io.ashlar.router.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.router.client.ExplainAnswer;
import io.ashlar.router.client.ExplainAnswer.PlanNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a plan, and what is not. */
class PlanTest {

    /** As PostgreSQL 18 writes it. */
    private static final String EXPLAINED = """
            [{"Plan": {"Node Type": "Limit", "Parallel Aware": false, "Startup Cost": 8.3, "Total Cost": 16.6,
              "Plan Rows": 11, "Plan Width": 40, "Plans": [
                {"Node Type": "Result", "Parent Relationship": "InitPlan", "Subplan Name": "InitPlan 1",
                 "Startup Cost": 0.00, "Total Cost": 0.02, "Plan Rows": 1, "Plan Width": 16},
                {"Node Type": "Nested Loop", "Join Type": "Inner", "Total Cost": 812345.5, "Plan Rows": 3000000,
                 "Join Filter": "(a.secret = b.secret)", "Plans": [
                  {"Node Type": "Index Scan", "Index Name": "parcels_pkey", "Relation Name": "parcels", "Alias": "t",
                   "Total Cost": 8.3, "Plan Rows": 1, "Index Cond": "(tenant_id = (InitPlan 1).col1)",
                   "Filter": "(label = 'a secret label'::text)"},
                  {"Node Type": "Seq Scan", "Relation Name": "labels", "Total Cost": 20.25, "Plan Rows": 1000}]}]}}]""";

    @Test
    void stepsAreToldInOrder() {
        Plan plan = Plan.of(new JsonArray(EXPLAINED));
        assertThat(plan.rows()).isEqualTo(11);
        assertThat(plan.cost()).isEqualTo(16.6);
        assertThat(plan.nodes())
                .containsExactly(
                        new PlanNode(0, "Limit", null, null, 11, 16.6, false),
                        new PlanNode(1, "Result", null, null, 1, 0.02, false),
                        new PlanNode(1, "Nested Loop", null, null, 3_000_000, 812_345.5, true),
                        new PlanNode(2, "Index Scan", "parcels", "parcels_pkey", 1, 8.3, true),
                        new PlanNode(2, "Seq Scan", "labels", null, 1000, 20.25, false));
    }

    @Test
    void noConditionIsTold() {
        assertThat(Plan.of(new JsonArray(EXPLAINED)).toString()).doesNotContain("secret");
    }

    @Test
    void aPlanOfManyPartitionsIsCut() {
        JsonArray leaves = new JsonArray();
        for (int i = 0; i < 1_000; i++) {
            leaves.add(node("Seq Scan"));
        }
        JsonArray explained =
                new JsonArray().add(new JsonObject().put("Plan", node("Append").put("Plans", leaves)));
        assertThat(Plan.of(explained).nodes()).hasSize(ExplainAnswer.NODES_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "[{\"Plan\":{\"Plan Rows\":1}}]"})
    void whatIsNoPlanIsRefused(String explained) {
        assertThatThrownBy(() -> Plan.of(new JsonArray(explained))).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonObject node(String type) {
        return new JsonObject()
                .put("Node Type", type)
                .put("Relation Name", "parcels")
                .put("Plan Rows", 1)
                .put("Total Cost", 2.5);
    }
}
