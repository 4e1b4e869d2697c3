package io.ashlar.router.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.Consistency.Level;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.router.choice.ClusterTrial;
import io.ashlar.router.client.CountAnswer;
import io.ashlar.router.client.DescribeAnswer;
import io.ashlar.router.client.PageAnswer;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.ParsedToken;
import io.ashlar.router.trial.LosingTenantSetting;
import io.ashlar.router.trial.Trial;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages, counts and descriptions; tenants stay apart whatever happens. */
@QuarkusTest
class ReadIT {

    private static final List<String> ALL = List.of("id", "label", "weight", "ratio", "sent_at", "due", "fragile");

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
    void valuesComeAsTheContractSays() {
        long id = Trial.nextId();
        ConsistencyToken token = Trial.write(Trial.TENANT_A, id, "a \"quoted\" ключ");
        SealedQuery query = Trial.query(Trial.TENANT_A, Operation.PAGE, Trial.parcels(), Trial.idIs(id), 10, ALL);

        PageAnswer page = trial.client().page(trial.seal(query), Trial.session(token));

        assertThat(page.rows()).hasSize(1);
        JsonNode row = page.rows().getFirst();
        assertThat(row.propertyStream().map(Map.Entry::getKey)).containsExactlyElementsOf(ALL);
        assertThat(row.get("id").longValue()).isEqualTo(id);
        assertThat(row.get("label").textValue()).isEqualTo("a \"quoted\" ключ");
        assertThat(row.get("weight").decimalValue()).isEqualByComparingTo(new BigDecimal("12.5"));
        assertThat(row.get("ratio").doubleValue()).isEqualTo(0.5);
        assertThat(row.get("sent_at").textValue()).isEqualTo("2001-01-01T10:00:00.123456Z");
        assertThat(row.get("due").textValue()).isEqualTo("2001-02-03");
        assertThat(row.get("fragile").booleanValue()).isTrue();
        assertThat(page.hasMore()).isFalse();
        assertThat(page.nextPosition()).isNull();
        assertThat(page.consistency()).isEqualTo("session");
        assertThat(ConsistencyToken.parse(page.token())).isInstanceOf(ParsedToken.Ok.class);
    }

    @Test
    void pagesFollowOneAnother() {
        String label = "pages-" + UUID.randomUUID();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(Trial.nextId());
            Trial.write(Trial.TENANT_A, ids.getLast(), label);
        }
        List<Long> seen = new ArrayList<>();
        List<Literal> position = null;
        boolean more = true;
        while (more) {
            PageAnswer page = trial.client()
                    .page(
                            trial.seal(Trial.query(
                                    Trial.TENANT_A,
                                    Operation.PAGE,
                                    Trial.parcels(),
                                    Trial.labelIs(label),
                                    3,
                                    List.of("label"),
                                    position)),
                            Trial.strong());
            more = page.hasMore();
            if (more) {
                long last = page.nextPosition().getFirst().longValue();
                position = List.of(new Literal.Number(BigDecimal.valueOf(last)));
                seen.add(last);
            }
            assertThat(page.rows()).allSatisfy(row -> assertThat(row.size()).isEqualTo(1));
            assertThat(page.source()).isEqualTo("primary");
            assertThat(page.lagMs()).isZero();
        }
        assertThat(seen).containsExactly(ids.get(2), ids.get(5));
    }

    /** Behind a value there are values and nulls: two selects in one statement, each under the tenant's policy. */
    @Test
    void pagesGoOnFromValuesIntoNulls() {
        String label = "nulls-" + UUID.randomUUID();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ids.add(Trial.nextId());
            Trial.write(Trial.TENANT_A, ids.getLast(), i % 2 == 0 ? null : label);
            Trial.write(Trial.TENANT_B, ids.getLast(), i % 2 == 0 ? null : label);
        }
        List<Long> wanted = new ArrayList<>();
        ids.stream().filter(id -> ids.indexOf(id) % 2 == 1).forEach(wanted::add);
        ids.stream().filter(id -> ids.indexOf(id) % 2 == 0).forEach(wanted::add);
        Filter those = Filter.where("id").in(ids.toArray());
        List<SortKey> sort = List.of(
                new SortKey("label", SortKey.Direction.ASC, SortKey.Nulls.LAST),
                new SortKey("id", SortKey.Direction.ASC));
        List<Long> seen = new ArrayList<>();
        List<Literal> position = null;
        PageAnswer page;
        do {
            SealedQuery query = new SealedQuery(
                    Trial.TENANT_A,
                    "user-1",
                    Operation.PAGE,
                    Trial.parcels(),
                    those,
                    sort,
                    2,
                    position,
                    List.of("id"),
                    List.of(),
                    null,
                    1,
                    "sha256:00");
            page = trial.client().page(trial.seal(query), Trial.strong());
            page.rows().forEach(row -> seen.add(row.get("id").longValue()));
            position = new ArrayList<>();
            for (JsonNode value : page.hasMore() ? page.nextPosition() : List.<JsonNode>of()) {
                position.add(FilterJson.literal(value));
            }
        } while (page.hasMore());
        assertThat(seen).isEqualTo(wanted);
    }

    @Test
    void rowsAreCounted() {
        String label = "count-" + UUID.randomUUID();
        Trial.write(Trial.TENANT_A, Trial.nextId(), label);
        Trial.write(Trial.TENANT_A, Trial.nextId(), label);
        Trial.write(Trial.TENANT_B, Trial.nextId(), label);

        CountAnswer count = trial.client()
                .count(
                        trial.seal(Trial.query(
                                Trial.TENANT_A, Operation.COUNT, Trial.parcels(), Trial.labelIs(label), 0, List.of())),
                        Trial.strong());

        assertThat(count.count()).isEqualTo(2);
        assertThat(count.consistency()).isEqualTo("strong");
    }

    @Test
    void relationsAreDescribed() {
        DescribeAnswer described = trial.client()
                .describe(
                        trial.seal(Trial.query(
                                Trial.TENANT_A, Operation.DESCRIBE, Trial.parcels(), new Filter.All(), 0, List.of())),
                        Consistency.EVENTUAL);

        assertThat(described.columns())
                .contains(
                        new DescribeAnswer.Column("tenant_id", "uuid", false),
                        new DescribeAnswer.Column("sent_at", "timestamp with time zone", true));
        assertThat(described.indexes())
                .contains(new DescribeAnswer.Index("parcels_pkey", List.of("tenant_id", "id"), "btree"));
    }

    @Test
    void whatIsNotThereIsUnknown() {
        Dataset parcels = Trial.parcels();
        for (String relation : List.of("app.nothing", "nowhere.parcels", "router.timelines")) {
            Dataset other =
                    new Dataset("other", 1, relation, "tenant_id", parcels.key(), "Parcel", null, parcels.fields());
            for (Operation operation : List.of(Operation.DESCRIBE, Operation.COUNT)) {
                SealedQuery query = Trial.query(Trial.TENANT_A, operation, other, new Filter.All(), 0, List.of());
                refused("relation_unknown", () -> {
                    if (operation == Operation.COUNT) {
                        trial.client().count(trial.seal(query), Trial.strong());
                    } else {
                        trial.client().describe(trial.seal(query), Trial.strong());
                    }
                });
            }
        }
    }

    @Test
    void tenantsAreApart() throws InterruptedException, ExecutionException {
        String label = "apart-" + UUID.randomUUID();
        long ofA = Trial.nextId();
        long ofB = Trial.nextId();
        ConsistencyToken a = Trial.write(Trial.TENANT_A, ofA, label);
        ConsistencyToken b = Trial.write(Trial.TENANT_B, ofB, label);
        // Nobody is to be turned away for lag, of which a crowd on a small machine makes much: all servers have both
        // rows.
        ClusterTrial.awaitReplayed(trial, b);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                boolean isA = i % 2 == 0;
                all.add(callers.submit(() -> {
                    UUID tenant = isA ? Trial.TENANT_A : Trial.TENANT_B;
                    PageAnswer page = trial.client()
                            .page(
                                    trial.seal(Trial.query(
                                            tenant,
                                            Operation.PAGE,
                                            Trial.parcels(),
                                            Trial.labelIs(label),
                                            10,
                                            List.of("id"))),
                                    new Consistency(Level.SESSION, Duration.ofMinutes(1), (isA ? a : b).text()));
                    assertThat(page.rows()).hasSize(1);
                    assertThat(page.rows().getFirst().get("id").longValue()).isEqualTo(isA ? ofA : ofB);
                    return null;
                }));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }

    @Test
    void aLostTenantSettingReleasesNothing() {
        long id = Trial.nextId();
        ConsistencyToken token = Trial.write(Trial.TENANT_A, id, "lost");
        Trial.write(Trial.TENANT_B, Trial.nextId(), "lost");
        for (String instead : List.of("", Trial.TENANT_B.toString())) {
            LosingTenantSetting.INSTEAD.set(instead);
            refused("tenant_setting_lost", () -> trial.client()
                    .page(trial.seal(trial.byId(Trial.TENANT_A, id)), Trial.session(token)));
            refused("tenant_setting_lost", () -> trial.client()
                    .count(
                            trial.seal(Trial.query(
                                    Trial.TENANT_A, Operation.COUNT, Trial.parcels(), new Filter.All(), 0, List.of())),
                            Trial.strong()));
            refused("tenant_setting_lost", () -> {
                try (var stream = trial.client().stream(
                        trial.seal(Trial.query(
                                Trial.TENANT_A, Operation.STREAM, Trial.parcels(), new Filter.All(), 0, List.of("id"))),
                        Consistency.EVENTUAL)) {
                    stream.next();
                }
            });
        }
        LosingTenantSetting.INSTEAD.set(null);
        assertThat(trial.client()
                        .page(trial.seal(trial.byId(Trial.TENANT_A, id)), Trial.session(token))
                        .rows())
                .hasSize(1);
    }

    static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CallFailedException.class, failure -> assertThat(
                        failure.problem().code())
                .isEqualTo(code));
    }
}
