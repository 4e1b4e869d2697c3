package io.ashlar.authz.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ashlar.authz.call.WireJson;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.Value;
import io.ashlar.filter.dsl.Checker;
import io.ashlar.filter.dsl.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cases of (policies, principals, context, rows) from consecutive seeds: the rows that pass a plan are the rows for which a
 * decision allows, in both modes. The plan goes over the wire and through the dataset's mapping, as it does in service. A
 * failure names its seed.
 */
final class PlanTrial {

    private static final int ROWS = 40;
    private static final int SETS = 20;

    private final Rows store;
    private int cases;
    private int refused;
    private int filters;
    private int telling;

    /** Where the rows are. */
    interface Rows {

        /** Forgets what was there. */
        void fill(List<Map<String, Object>> rows) throws Exception;

        /** Ids of the rows that a filter in the dataset's terms lets through. */
        Set<String> passing(Filter filter) throws Exception;
    }

    PlanTrial(Rows store) {
        this.store = store;
    }

    /** Runs at least this many cases that can be translated; returns what was seen. */
    String run(long firstSeed, int wanted) throws Exception {
        long seed = firstSeed;
        while (cases < wanted) {
            batch(seed++);
        }
        // Agreement on nothing, or by refusing, would prove nothing.
        assertThat(telling).isGreaterThan(cases / 5);
        assertThat(refused).isLessThan(cases);
        return "%d cases in both modes (seeds %d to %d, %d rows each): %d plans are filters, %d of them let some rows pass and others not; %d more sets of policies were refused"
                .formatted(cases, firstSeed, seed - 1, ROWS, filters, telling, refused);
    }

    private void batch(long seed) throws Exception {
        Random random = new Random(seed);
        RandomPrincipals people = new RandomPrincipals(random);
        RandomPolicies policies = new RandomPolicies(random);
        List<Map<String, Object>> rows = Things.rows(random, ROWS);
        EntityStore principals = people.all();
        Value.Fields context = new Value.Fields(people.attributes());
        List<EntityStore> each = rows.stream()
                .map(row -> principals.with(List.of(Things.entity(row))))
                .toList();
        store.fill(rows);
        for (int i = 0; i < SETS; i++) {
            List<PolicySource> sources = new ArrayList<>();
            policies.draw().forEach(text -> sources.add(new PolicySource("p" + sources.size(), text)));
            Subject subject =
                    new Subject(RandomPolicies.ANA, RandomPolicies.READ, context, principals, Things.rowType());
            boolean translated = true;
            for (Mode mode : Mode.values()) {
                translated &= agrees(seed, sources, subject, context, rows, each, mode);
            }
            cases += translated ? 1 : 0;
            refused += translated ? 0 : 1;
        }
    }

    private boolean agrees(
            long seed,
            List<PolicySource> sources,
            Subject subject,
            Value.Fields context,
            List<Map<String, Object>> rows,
            List<EntityStore> each,
            Mode mode)
            throws Exception {
        List<PolicyTree> trees = sources.stream().map(PolicyTree::of).toList();
        Planner.Outcome outcome = Planner.plan(subject, trees, mode);
        if (!(outcome instanceof Planner.Rows(Filter planned))) {
            return false;
        }
        Filter filter = overTheWire(planned);
        Set<String> passing = store.passing(filter);
        CompiledPolicySet policies = new CedarEngine().compile(sources);
        Set<String> allowed = new TreeSet<>();
        for (int i = 0; i < rows.size(); i++) {
            Request request = new Request(RandomPolicies.ANA, RandomPolicies.READ, Things.uid(rows.get(i)), context);
            if (policies.decide(request, each.get(i), mode).allowed()) {
                allowed.add(Things.uid(rows.get(i)).id());
            }
        }
        assertThat(passing)
                .as("seed %d, %s%n%s%ncontext %s%nplan %s%n", seed, mode, texts(sources), context, planned)
                .isEqualTo(allowed);
        filters += Filters.isNone(planned) || Filters.isAll(planned) ? 0 : 1;
        telling += allowed.isEmpty() || allowed.size() == rows.size() ? 0 : 1;
        return true;
    }

    private static String texts(List<PolicySource> sources) {
        return String.join("\n", sources.stream().map(PolicySource::text).toList());
    }

    /** A plan that the dataset's mapping does not take would be a refusal by the wrong one. */
    private static Filter overTheWire(Filter planned) throws JsonProcessingException {
        String wire =
                PlanJson.write(new Plan.Matching(planned, List.of(), 1, 1)).toString();
        Plan plan = PlanJson.read(WireJson.mapper().readTree(wire))
                .orElseThrow(faults -> new IllegalStateException(wire + ": " + faults));
        Filter read = ((Plan.Matching) plan).filter();
        return new Checker()
                .plan(read, Things.DATASET)
                .orElseThrow(faults -> new IllegalStateException(wire + ": " + faults));
    }
}
