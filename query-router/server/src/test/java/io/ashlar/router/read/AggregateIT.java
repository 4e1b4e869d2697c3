package io.ashlar.router.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import io.ashlar.router.choice.ClusterTrial;
import io.ashlar.router.client.AggregateAnswer;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.ParsedToken;
import io.ashlar.router.trial.LosingTenantSetting;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups, behind the same door as rows. */
@QuarkusTest
class AggregateIT {

    private static final String BY_LABEL = """
            {"aggregate":{"group_by":[{"field":"label"}],
                          "measures":[{"fn":"count","as":"n"},{"fn":"avg","field":"weight"},
                                      {"fn":"percentile","field":"id","p":1,"as":"last"}]},
             "sort":{"field":"n","dir":"desc"},"page":{"limit":2}}""";

    @TestHTTPResource
    URI router;

    private final String run = UUID.randomUUID().toString();
    private Trial trial;

    @BeforeEach
    void fill() {
        trial = Trial.on(router);
        ClusterTrial.awaitWhole(trial);
        for (int label = 1; label <= 5; label++) {
            for (int row = 0; row < label; row++) {
                Trial.write(Trial.TENANT_A, Trial.nextId(), run + "-" + label);
                Trial.write(Trial.TENANT_B, Trial.nextId(), run + "-" + label);
            }
        }
    }

    @AfterEach
    void keepTheTenant() {
        LosingTenantSetting.INSTEAD.set(null);
    }

    @Test
    void groupsAreOfTheTenantsOwnRows() {
        AggregateAnswer answer = aggregate(BY_LABEL, null);
        assertThat(answer.rows()).hasSize(2);
        JsonNode first = answer.rows().getFirst();
        assertThat(first.get("label").textValue()).isEqualTo(run + "-5");
        assertThat(first.get("n").longValue()).isEqualTo(5);
        assertThat(first.get("avg_weight").decimalValue()).isEqualByComparingTo(new BigDecimal("12.5"));
        assertThat(first.get("last").longValue()).isPositive();
        assertThat(answer.hasMore()).isTrue();
        assertThat(answer.source()).isEqualTo("primary");
        assertThat(answer.consistency()).isEqualTo("strong");
        assertThat(ConsistencyToken.parse(answer.token())).isInstanceOf(ParsedToken.Ok.class);
    }

    @Test
    void pagesOfGroupsFollowOneAnother() {
        List<Long> counts = new ArrayList<>();
        List<@Nullable Literal> position = null;
        boolean more = true;
        while (more) {
            AggregateAnswer answer = aggregate(BY_LABEL, position);
            answer.rows().forEach(row -> counts.add(row.get("n").longValue()));
            more = answer.hasMore();
            List<JsonNode> next = answer.nextPosition();
            assertThat(next != null).isEqualTo(more);
            position =
                    next == null ? null : next.stream().map(FilterJson::literal).toList();
        }
        assertThat(counts).containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void groupsAreKeptByWhatWasMeasured() {
        String having = BY_LABEL.replace("]},", "],\"having\":{\"field\":\"n\",\"op\":\"lt\",\"value\":3}},");
        assertThat(aggregate(having, null).rows())
                .extracting(row -> row.get("n").longValue())
                .containsExactly(2L, 1L);
    }

    /** 10 o'clock in London is 5 in the morning in Chicago, and still the same day. */
    @Test
    void bucketsAreOfTheZone() {
        String byHour = """
                {"aggregate":{"group_by":[{"field":"sent_at","bucket":"day","as":"day"},{"field":"sent_at","bucket":"hour","as":"hour"}],
                              "measures":[{"fn":"count","as":"n"}]},"tz":"America/Chicago"}""";
        assertThat(aggregate(byHour, null).rows()).singleElement().satisfies(row -> {
            assertThat(row.get("day").textValue()).isEqualTo("2001-01-01");
            assertThat(row.get("hour").textValue()).isEqualTo("2001-01-01T10:00:00.000000Z");
            assertThat(row.get("n").longValue()).isEqualTo(15);
        });
    }

    @Test
    void ofNothingThereIsOneGroupWithNothingInIt() {
        String all =
                "{\"aggregate\":{\"measures\":[{\"fn\":\"count\",\"as\":\"n\"},{\"fn\":\"max\",\"field\":\"id\",\"as\":\"m\"}]}}";
        AggregateAnswer answer = trial.client()
                .aggregate(
                        trial.seal(Trial.groups(
                                Trial.TENANT_A, Trial.parcels(), Trial.labelIs("no such label"), all, null)),
                        Trial.strong());
        assertThat(answer.rows()).singleElement().satisfies(row -> {
            assertThat(row.get("n").longValue()).isZero();
            assertThat(row.get("m").isNull()).isTrue();
        });
        assertThat(answer.hasMore()).isFalse();
    }

    @Test
    void aLostTenantSettingReleasesNoGroup() {
        for (String instead : List.of("", Trial.TENANT_B.toString())) {
            LosingTenantSetting.INSTEAD.set(instead);
            ReadIT.refused("tenant_setting_lost", () -> aggregate(BY_LABEL, null));
        }
    }

    @Test
    void anAggregatesSealIsForNothingElse() {
        String seal = trial.seal(Trial.groups(Trial.TENANT_A, Trial.parcels(), ours(), BY_LABEL, null));
        ReadIT.refused("operation_mismatch", () -> trial.client().page(seal, Trial.strong()));
        ReadIT.refused("operation_mismatch", () -> trial.client().explain(seal, Trial.strong()));
        String page = trial.seal(trial.byId(Trial.TENANT_A, 1));
        ReadIT.refused("operation_mismatch", () -> trial.client().aggregate(page, Trial.strong()));
    }

    private AggregateAnswer aggregate(String query, @Nullable List<@Nullable Literal> position) {
        return trial.client()
                .aggregate(
                        trial.seal(Trial.groups(Trial.TENANT_A, Trial.parcels(), ours(), query, position)),
                        Trial.strong());
    }

    private Filter ours() {
        return new Filter.Condition("label", Op.STARTS_WITH, new Operand.One(Literal.of(run)), false);
    }
}
