package io.ashlar.authz.decision;

import io.ashlar.cedar.CedarValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a denied user could do about it: the ways of signing in (RFC 8176) one of which alone would have turned the denial into an
 * allow. Only for questions that say how the user signed in; nothing of it is recorded, for nothing was decided.
 */
final class StepUp {

    /** The member of the context that the door fills: a set of strings. */
    static final String AMR = "amr";

    private StepUp() {}

    /** The methods in order; empty if none would help. */
    static List<String> methods(Decisions.Sitting sitting, Question denied, Set<String> offered) {
        if (!(denied.context().get(AMR) instanceof CedarValue.SetOf(Set<CedarValue> used))) {
            return List.of();
        }
        return offered.stream()
                .sorted()
                .filter(method -> !used.contains(new CedarValue.Text(method)))
                .filter(method -> sitting.allows(signedIn(denied, used, method)))
                .toList();
    }

    /** The context of somebody who signed in so. */
    static CedarValue amr(Set<String> methods) {
        return new CedarValue.SetOf(methods.stream().map(CedarValue.Text::new).collect(Collectors.toSet()));
    }

    private static Question signedIn(Question denied, Set<CedarValue> used, String method) {
        Set<CedarValue> more = new HashSet<>(used);
        more.add(new CedarValue.Text(method));
        Map<String, CedarValue> context = new HashMap<>(denied.context());
        context.put(AMR, new CedarValue.SetOf(more));
        return new Question(
                denied.subject(),
                denied.subjectProperties(),
                denied.action(),
                denied.resource(),
                denied.properties(),
                context,
                denied.inputs());
    }
}
