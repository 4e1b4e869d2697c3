package io.ashlar.authz.policyset;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What shall be different: texts by id, empty for what shall go. What is not named stays.
 *
 * @param policies own policies
 * @param documents what belongs to them
 */
public record PolicyChange(SortedMap<String, Optional<String>> policies, Map<Document, Optional<String>> documents) {

    public PolicyChange {
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
        documents = Map.copyOf(documents);
    }

    /** A change of one policy. */
    public static PolicyChange of(String id, Optional<String> text) {
        return new PolicyChange(new TreeMap<>(Map.of(id, text)), Map.of());
    }

    /** The change that makes one set of another; shared sets are not a tenant's to change. */
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
        return new PolicySet(set.version(), next, texts, set.shared());
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
        return new PolicyChange(reduced, texts);
    }

    public boolean isNothing() {
        return policies.isEmpty() && documents.isEmpty();
    }
}
