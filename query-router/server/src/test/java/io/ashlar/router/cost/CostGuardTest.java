package io.ashlar.router.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.router.client.Pool;
import io.ashlar.router.client.TooCostly;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A ceiling of 1000: to 100 a shape is remembered, to 1000 it is explained each time, beyond it is refused. */
class CostGuardTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final String SQL = "SELECT count(*) FROM app.parcels AS t WHERE t.tenant_id = $1";

    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CostGuard guard = guard(1_000, OptionalDouble.empty());

    @Test
    void whatIsCheapIsExplainedOnce() {
        assertThat(guard.isSure(A, Pool.API, SQL)).isFalse();
        assertThat(judge(A, 100)).isEmpty();
        assertThat(guard.isSure(A, Pool.API, SQL)).isTrue();
        assertThat(explained("cheap")).isEqualTo(1);
    }

    @Test
    void oneTenantsRowsSayNothingOfAnothers() {
        judge(A, 1);
        assertThat(guard.isSure(B, Pool.API, SQL)).isFalse();
        assertThat(guard.isSure(A, Pool.API, SQL + " AND t.id = $2")).isFalse();
    }

    @Test
    void whatIsNearTheCeilingIsExplainedEachTime() {
        assertThat(judge(A, 1_000)).isEmpty();
        assertThat(guard.isSure(A, Pool.API, SQL)).isFalse();
        assertThat(explained("near")).isEqualTo(1);
    }

    @Test
    void whatIsBeyondTheCeilingIsRefusedAndNotRemembered() {
        assertThat(judge(A, 1_001)).hasValue(new TooCostly(1_001, 7, 1_000));
        assertThat(guard.isSure(A, Pool.API, SQL)).isFalse();
        assertThat(explained("over")).isEqualTo(1);
        assertThat(judge(A, 5)).isEmpty();
        assertThat(guard.isSure(A, Pool.API, SQL)).isTrue();
    }

    @Test
    void whatWasCheapIsExplainedAgainLater() {
        judge(A, 1);
        nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
        assertThat(guard.isSure(A, Pool.API, SQL)).isTrue();
        nanos.addAndGet(1);
        assertThat(guard.isSure(A, Pool.API, SQL)).isFalse();
    }

    @Test
    void whatTookTooLongIsExplainedAgain() {
        judge(A, 1);
        guard.tookTooLong(A, Pool.API, SQL);
        assertThat(guard.isSure(A, Pool.API, SQL)).isFalse();
    }

    @Test
    void jobsHaveNoCeilingUnlessOneIsGiven() {
        assertThat(guard.isSure(A, Pool.JOB, SQL)).isTrue();
        CostGuard bounded = guard(1_000, OptionalDouble.of(50_000));
        assertThat(bounded.isSure(A, Pool.JOB, SQL)).isFalse();
        assertThat(bounded.judge(A, Pool.JOB, SQL, plan(2_000))).isEmpty();
        assertThat(bounded.isSure(A, Pool.JOB, SQL)).isTrue();
        assertThat(bounded.isSure(A, Pool.API, SQL)).isFalse();
        assertThat(bounded.judge(A, Pool.JOB, SQL, plan(50_001))).isPresent();
    }

    @Test
    void withoutACeilingNothingIsExplained() {
        assertThat(guard(0, OptionalDouble.empty()).isSure(A, Pool.API, SQL)).isTrue();
    }

    @Test
    void aCeilingIsANumber() {
        assertThatThrownBy(() -> guard(-1, OptionalDouble.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> guard(Double.NaN, OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> guard(1, OptionalDouble.of(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noMoreShapesAreRememberedThanMayBe() {
        for (int i = 0; i < 1_000; i++) {
            guard.judge(A, Pool.API, SQL + i, plan(1));
        }
        long known = 0;
        for (int i = 0; i < 1_000; i++) {
            known += guard.isSure(A, Pool.API, SQL + i) ? 1 : 0;
        }
        // Caffeine evicts a moment after it is full, on another thread.
        assertThat(known).isPositive().isLessThan(1_000);
    }

    private Optional<TooCostly> judge(UUID tenant, double cost) {
        return guard.judge(tenant, Pool.API, SQL, plan(cost));
    }

    private static Plan plan(double cost) {
        return new Plan(7, cost, List.of());
    }

    private double explained(String verdict) {
        return meters.get("ashlar.router.cost.explained")
                .tag("pool", "api")
                .tag("verdict", verdict)
                .counter()
                .count();
    }

    private CostGuard guard(double ceiling, OptionalDouble jobCeiling) {
        CostConfig config = new CostConfig() {
            @Override
            public double ceiling() {
                return ceiling;
            }

            @Override
            public OptionalDouble jobCeiling() {
                return jobCeiling;
            }

            @Override
            public Duration remember() {
                return Duration.ofMinutes(10);
            }

            @Override
            public int shapes() {
                return 10;
            }
        };
        return new CostGuard(config, meters, nanos::get);
    }
}
