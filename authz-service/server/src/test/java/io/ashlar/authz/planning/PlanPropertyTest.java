package io.ashlar.authz.planning;

import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Interpreter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link PlanTrial} with the rows in memory: quick enough for every build. */
final class PlanPropertyTest {

    @Test
    void theInterpretersRowsAreTheAllowedRows() throws Exception {
        long seed = Long.getLong("plan.seed", 1_000_000);
        System.out.println(new PlanTrial(new Memory()).run(seed, Integer.getInteger("plan.quick", 1_000)));
    }

    private static final class Memory implements PlanTrial.Rows {

        private List<Map<String, Object>> rows = List.of();

        @Override
        public void fill(List<Map<String, Object>> filled) {
            rows = filled;
        }

        @Override
        public Set<String> passing(Filter filter) {
            Predicate<Map<String, ? extends @Nullable Object>> passes =
                    new Interpreter().predicate(filter, Things.DATASET);
            Set<String> ids = new TreeSet<>();
            for (Map<String, Object> row : rows) {
                if (passes.test(row)) {
                    ids.add(Things.uid(row).id());
                }
            }
            return ids;
        }
    }
}
