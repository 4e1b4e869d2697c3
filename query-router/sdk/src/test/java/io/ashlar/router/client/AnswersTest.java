package io.ashlar.router.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.problem.Problem;
import io.ashlar.router.RouterError;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers as the router writes them; one of a later version, with more in it, is read too. */
class AnswersTest {

    private static final JsonMapper JSON = WireJson.mapper();
    private static final String FRESH =
            "\"source\":\"replica-1\",\"lag_ms\":3,\"consistency\":\"eventual\",\"reason\":\"replica\",\"token\":\"v1.e30\"";

    @Test
    void groupsAreRead() throws JsonProcessingException {
        AggregateAnswer answer = JSON.readValue(
                "{\"rows\":[{\"month\":\"2001-01-01\",\"avg_delay\":12.250000}],\"has_more\":true,"
                        + "\"next_position\":[12.250000,\"2001-01-01\"],\"later\":1," + FRESH + "}",
                AggregateAnswer.class);
        assertThat(answer.rows().getFirst().get("avg_delay").decimalValue())
                .isEqualByComparingTo(new BigDecimal("12.25"));
        assertThat(answer.hasMore()).isTrue();
        assertThat(answer.nextPosition()).hasSize(2);
        assertThat(answer.lagMs()).isEqualTo(3);
    }

    @Test
    void theLastGroupsHaveNoPosition() throws JsonProcessingException {
        AggregateAnswer answer =
                JSON.readValue("{\"rows\":[],\"has_more\":false," + FRESH + "}", AggregateAnswer.class);
        assertThat(answer.rows()).isEmpty();
        assertThat(answer.nextPosition()).isNull();
    }

    @Test
    void aRefusalSaysItsNumbers() {
        TooCostly refused = new TooCostly(12_345_678_901.4, 3_000_000, 2_000_000);
        Problem problem = Problem.of(RouterError.QUERY_TOO_COSTLY, "detail", refused.faults());
        assertThat(TooCostly.of(problem)).hasValue(new TooCostly(12_345_678_901d, 3_000_000, 2_000_000));
        assertThat(TooCostly.of(Problem.of(RouterError.QUERY_FAILED, "detail", refused.faults())))
                .isEmpty();
        assertThat(TooCostly.of(Problem.of(
                        RouterError.QUERY_TOO_COSTLY, "detail", refused.faults().subList(0, 2))))
                .isEmpty();
        assertThat(TooCostly.of(Problem.of(RouterError.QUERY_TOO_COSTLY, "detail", List.of())))
                .isEmpty();
    }

    @Test
    void anExplanationIsRead() throws JsonProcessingException {
        ExplainAnswer answer = JSON.readValue(
                "{\"store\":\"postgresql\",\"estimated_rows\":3000000,\"estimated_total_cost\":812345.5,\"plan\":["
                        + "{\"depth\":0,\"type\":\"Limit\",\"rows\":101,\"cost\":30.4,\"filtered\":false},"
                        + "{\"depth\":1,\"type\":\"Index Scan\",\"relation\":\"parcels\",\"index\":\"parcels_pkey\","
                        + "\"rows\":3000000,\"cost\":812345.5,\"filtered\":true}],"
                        + FRESH + "}",
                ExplainAnswer.class);
        assertThat(answer.estimatedRows()).isEqualTo(3_000_000);
        assertThat(answer.estimatedTotalCost()).isEqualTo(812_345.5);
        assertThat(answer.plan())
                .containsExactly(
                        new ExplainAnswer.PlanNode(0, "Limit", null, null, 101, 30.4, false),
                        new ExplainAnswer.PlanNode(
                                1, "Index Scan", "parcels", "parcels_pkey", 3_000_000, 812_345.5, true));
    }
}
