package io.ashlar.cedar.syntax;

import io.ashlar.cedar.Effect;
import io.ashlar.cedar.EntityUid;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy, or a template where its scope has an open slot. Its id is not part of it: a set gives it one.
 *
 * @param annotations in order of their names, each once
 * @param effect what it does when it applies
 * @param principal whose requests
 * @param action which actions; a list of one is that one, as Cedar's JSON has it
 * @param resource on what
 * @param conditions what else must hold, in the order written
 * @param at where it is written
 */
public record Policy(
        List<Annotation> annotations,
        Effect effect,
        EntityScope principal,
        ActionScope action,
        EntityScope resource,
        List<Condition> conditions,
        Span at) {

    /**
     * @throws IllegalArgumentException if an annotation is there twice, a slot is in the wrong scope, or the conditions are
     *     beyond {@link Limits}
     */
    public Policy {
        annotations = annotations.stream()
                .sorted(Comparator.comparing(Annotation::name))
                .toList();
        conditions = List.copyOf(conditions);
        action = action instanceof ActionScope.InAny(var uids) && uids.size() == 1
                ? new ActionScope.In(uids.getFirst())
                : action;
        Set<String> names = new HashSet<>();
        for (Annotation annotation : annotations) {
            if (!names.add(annotation.name())) {
                throw new IllegalArgumentException("the annotation " + annotation.name() + " is there twice");
            }
        }
        requireSlot(principal, Slot.PRINCIPAL);
        requireSlot(resource, Slot.RESOURCE);
        Bounds.require(conditions.stream().map(Condition::body).toList());
    }

    /** The slots that a link must fill; empty for a policy that can decide as it is. */
    public Set<Slot> slots() {
        Set<Slot> slots = EnumSet.noneOf(Slot.class);
        principal.slot().ifPresent(slots::add);
        resource.slot().ifPresent(slots::add);
        return slots;
    }

    /**
     * The policy that this template gives with its slots filled in.
     *
     * @throws IllegalArgumentException if {@code values} has more or fewer slots than this template
     */
    public Policy link(Map<Slot, EntityUid> values) {
        if (!values.keySet().equals(slots())) {
            throw new IllegalArgumentException(
                    "the template has the slots " + slots() + ", the link " + values.keySet());
        }
        return new Policy(annotations, effect, principal.fill(values), action, resource.fill(values), conditions, at);
    }

    private static void requireSlot(EntityScope scope, Slot expected) {
        scope.slot().filter(slot -> slot != expected).ifPresent(slot -> {
            throw new IllegalArgumentException(slot.text() + " cannot be there, only " + expected.text());
        });
    }
}
