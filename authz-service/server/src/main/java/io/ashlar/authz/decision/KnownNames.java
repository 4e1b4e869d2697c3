package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ashlar.authz.planning.PolicyTree;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.value.KnownEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a search can find in a tenant: the entities that authz keeps, and the actions that the tenant's policies name. Sorted once
 * for each snapshot that is searched. Thread-safe.
 */
@ApplicationScoped
class KnownNames {

    private static final long SNAPSHOTS_MAX = 100;

    private final LoadingCache<TenantSnapshot, Names> names =
            Caffeine.newBuilder().weakKeys().maximumSize(SNAPSHOTS_MAX).build(KnownNames::names);

    private record Names(Map<String, List<String>> idsByType, List<String> actions) {}

    /** The ids of a type in order. */
    List<String> ids(TenantSnapshot snapshot, String type) {
        return names.get(snapshot).idsByType().getOrDefault(type, List.of());
    }

    /** The names of actions in order: those of {@code Action}, wherever a policy says them. */
    List<String> actions(TenantSnapshot snapshot) {
        return names.get(snapshot).actions();
    }

    private static Names names(TenantSnapshot snapshot) {
        Map<String, List<String>> ids = new HashMap<>();
        for (KnownEntity entity : snapshot.principals().all()) {
            EntityUid uid = entity.uid();
            ids.computeIfAbsent(uid.type(), type -> new ArrayList<>()).add(uid.id());
        }
        ids.values().forEach(Collections::sort);
        SortedSet<String> actions = new TreeSet<>();
        snapshot.trees().stream().map(PolicyTree::json).forEach(json -> collect(json, actions));
        return new Names(ids, List.copyOf(actions));
    }

    /** In Cedar's JSON form an entity is an object of its type and id, in a scope as in a condition. */
    private static void collect(JsonNode policy, SortedSet<String> actions) {
        Deque<JsonNode> open = new ArrayDeque<>(List.of(policy));
        while (!open.isEmpty()) {
            JsonNode node = open.removeLast();
            String id = node.path("id").isTextual() ? node.path("id").textValue() : "";
            if (node.path("type").asText().equals("Action") && QuestionReader.isActionName(id)) {
                actions.add(id);
            }
            node.forEach(open::addLast);
        }
    }
}
