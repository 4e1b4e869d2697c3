package io.ashlar.cedar.eval;

import io.ashlar.cedar.EntityUid;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One level of the index: what follows for an entity, by what scopes say of it. Filled by one thread, then only read. */
final class Branch<T> {

    private final Supplier<T> make;
    private @Nullable T any;
    private final Map<EntityUid, T> equal = new HashMap<>();
    private final Map<EntityUid, T> within = new HashMap<>();
    private final Map<String, T> typed = new HashMap<>();

    Branch(Supplier<T> make) {
        this.make = make;
    }

    T any() {
        T found = any;
        if (found == null) {
            found = make.get();
            any = found;
        }
        return found;
    }

    T equal(EntityUid uid) {
        return equal.computeIfAbsent(uid, key -> make.get());
    }

    T within(EntityUid uid) {
        return within.computeIfAbsent(uid, key -> make.get());
    }

    T typed(String type) {
        return typed.computeIfAbsent(type, key -> make.get());
    }

    /** Hands over what follows for this entity; work follows the smaller of its ancestors and the entities named here. */
    void forEach(Env.Party party, Consumer<T> sink) {
        EntityUid uid = party.uid();
        if (any != null) {
            sink.accept(any);
        }
        accept(equal, uid, sink);
        accept(typed, uid.type(), sink);
        if (within.isEmpty()) {
            return;
        }
        accept(within, uid, sink);
        Set<EntityUid> ancestors = party.ancestors();
        if (ancestors.size() <= within.size()) {
            for (EntityUid ancestor : ancestors) {
                accept(within, ancestor, sink);
            }
            return;
        }
        within.forEach((named, found) -> {
            if (ancestors.contains(named)) {
                sink.accept(found);
            }
        });
    }

    private static <K, T> void accept(Map<K, T> map, K key, Consumer<T> sink) {
        if (!map.isEmpty()) {
            T found = map.get(key);
            if (found != null) {
                sink.accept(found);
            }
        }
    }
}
