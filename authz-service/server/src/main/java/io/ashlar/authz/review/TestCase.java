package io.ashlar.authz.review;

import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.Entity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question with its answer.
 *
 * @param name for people
 * @param request what is asked
 * @param entities all that is known: the suite's and the case's own
 * @param allow the expected decision
 * @param determining exactly these policies must have decided, sorted; null where it does not matter
 */
record TestCase(
        String name,
        DecisionRequest request,
        List<Entity> entities,
        boolean allow,
        @Nullable List<String> determining) {

    TestCase {
        entities = List.copyOf(entities);
        determining = determining == null ? null : determining.stream().sorted().toList();
    }
}
