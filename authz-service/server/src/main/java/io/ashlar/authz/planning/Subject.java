package io.ashlar.authz.planning;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.eval.Evaluation;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.KnownEntity;
import io.ashlar.cedar.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything about a request for a plan that is known before any row is. Immutable and thread-safe. */
public final class Subject {

    private final EntityUid principal;
    private final EntityUid action;
    private final EntityStore entities;
    private final RowType rows;
    private final Evaluation evaluation;

    /**
     * All of it.
     *
     * @param context facts of the request
     * @param entities what is known of the principal and of whatever else is no row
     * @param rows what is declared of the rows
     */
    public Subject(EntityUid principal, EntityUid action, Value.Fields context, EntityStore entities, RowType rows) {
        this.principal = principal;
        this.action = action;
        this.entities = entities;
        this.rows = rows;
        // Expressions about the row are never evaluated, nor what is read of an entity that may be it.
        Request request = new Request(principal, action, new EntityUid(rows.name(), ""), context);
        this.evaluation = new Evaluation(request, entities);
    }

    EntityUid principal() {
        return principal;
    }

    EntityUid action() {
        return action;
    }

    RowType rows() {
        return rows;
    }

    Evaluation evaluation() {
        return evaluation;
    }

    /** Whether an entity of which nothing is known here may be the row, of which a decision will know more. */
    boolean mayBeRow(EntityUid uid) {
        return uid.type().equals(rows.name()) && entities.find(uid) == null;
    }

    /** Whether the first is the second or is in it. */
    boolean isIn(EntityUid child, EntityUid ancestor) {
        if (child.equals(ancestor)) {
            return true;
        }
        KnownEntity known = entities.find(child);
        return known != null && known.ancestors().contains(ancestor);
    }

    /** The entity and its ancestors, those of one type, in order of their ids. */
    List<EntityUid> upwards(EntityUid uid, String type) {
        Set<EntityUid> found = new HashSet<>(Set.of(uid));
        KnownEntity known = entities.find(uid);
        if (known != null) {
            found.addAll(known.ancestors());
        }
        return ofType(found, type);
    }

    /** The entities and all that are known to be in one of them, those of one type, in order of their ids. */
    List<EntityUid> downwards(Collection<EntityUid> uids, String type) {
        Set<EntityUid> found = new HashSet<>(uids);
        for (KnownEntity entity : entities.all()) {
            if (entity.uid().type().equals(type) && uids.stream().anyMatch(entity.ancestors()::contains)) {
                found.add(entity.uid());
            }
        }
        return ofType(found, type);
    }

    private static List<EntityUid> ofType(Set<EntityUid> uids, String type) {
        List<EntityUid> typed = new ArrayList<>(uids);
        typed.removeIf(uid -> !uid.type().equals(type));
        typed.sort(Comparator.comparing(EntityUid::id));
        return typed;
    }
}
