package io.ashlar.authz.policyset;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What shall be different: texts by id, empty for what shall go. What is not named stays.
 *
 * @param policies own policies
 * @param documents what belongs to them
 * @param shared the platform's sets, in the version to be taken
 */
public record PolicyChange(
        SortedMap<String, Optional<String>> policies,
        Map<Document, Optional<String>> documents,
        SortedMap<String, Optional<HeldSet>> shared) {

    public PolicyChange {
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
        documents = Map.copyOf(documents);
        shared = Collections.unmodifiableSortedMap(new TreeMap<>(shared));
    }

    /** A change of what is the tenant's own. */
    public PolicyChange(SortedMap<String, Optional<String>> policies, Map<Document, Optional<String>> documents) {
        this(policies, documents, new TreeMap<>());
    }

    /** A change of one policy. */
    public static PolicyChange of(String id, Optional<String> text) {
        return new PolicyChange(new TreeMap<>(Map.of(id, text)), Map.of());
    }

    /** The change that makes one set's own policies of another's; shared sets stay as they are. */
    public static PolicyChange between(PolicySet from, PolicySet to) {
        SortedMap<String, Optional<String>> policies = new TreeMap<>();
        from.policies()
                .keySet()
                .forEach(
                        id -> policies.put(id, Optional.ofNullable(to.policies().get(id))));
        to.policies().forEach((id, text) -> policies.put(id, Optional.of(text)));
        Map<Document, Optional<String>> documents = new EnumMap<>(Document.class);
        for (Document document : Document.values()) {
            documents.put(document, Optional.ofNullable(to.documents().get(document)));
        }
        return new PolicyChange(policies, documents).reducedTo(from);
    }

    /** The set after the change. */
    public PolicySet appliedTo(PolicySet set) {
        SortedMap<String, String> next = new TreeMap<>(set.policies());
        policies.forEach((id, text) -> text.ifPresentOrElse(value -> next.put(id, value), () -> next.remove(id)));
        Map<Document, String> texts = new EnumMap<>(Document.class);
        texts.putAll(set.documents());
        documents.forEach((document, text) ->
                text.ifPresentOrElse(value -> texts.put(document, value), () -> texts.remove(document)));
        SortedMap<String, HeldSet> held = held(set);
        shared.forEach((id, wanted) -> wanted.ifPresentOrElse(value -> held.put(id, value), () -> held.remove(id)));
        return new PolicySet(set.version(), next, texts, List.copyOf(held.values()));
    }

    /** Both; where both say something, {@code later} has the last word. */
    public PolicyChange and(PolicyChange later) {
        SortedMap<String, Optional<String>> both = new TreeMap<>(policies);
        both.putAll(later.policies());
        Map<Document, Optional<String>> texts = new EnumMap<>(Document.class);
        texts.putAll(documents);
        texts.putAll(later.documents());
        SortedMap<String, Optional<HeldSet>> sets = new TreeMap<>(shared);
        sets.putAll(later.shared());
        return new PolicyChange(both, texts, sets);
    }

    /** Without what is so already. */
    public PolicyChange reducedTo(PolicySet present) {
        SortedMap<String, Optional<String>> reduced = new TreeMap<>(policies);
        reduced.entrySet().removeIf(entry -> entry.getValue()
                .equals(Optional.ofNullable(present.policies().get(entry.getKey()))));
        Map<Document, Optional<String>> texts = new EnumMap<>(Document.class);
        documents.forEach((document, text) -> {
            if (!text.equals(Optional.ofNullable(present.documents().get(document)))) {
                texts.put(document, text);
            }
        });
        Map<String, HeldSet> held = held(present);
        SortedMap<String, Optional<HeldSet>> sets = new TreeMap<>(shared);
        sets.entrySet().removeIf(entry -> entry.getValue().equals(Optional.ofNullable(held.get(entry.getKey()))));
        return new PolicyChange(reduced, texts, sets);
    }

    private static SortedMap<String, HeldSet> held(PolicySet set) {
        SortedMap<String, HeldSet> held = new TreeMap<>();
        set.shared().forEach(shared -> held.put(shared.id(), shared));
        return held;
    }

    public boolean isNothing() {
        return policies.isEmpty() && documents.isEmpty() && shared.isEmpty();
    }

    /** Whether something decides that did not, or no more: not the words around it alone. */
    public boolean isOfPolicies() {
        return !policies.isEmpty() || !shared.isEmpty();
    }
}
