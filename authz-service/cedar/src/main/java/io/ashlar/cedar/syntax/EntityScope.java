package io.ashlar.cedar.syntax;

import io.ashlar.cedar.EntityUid;
import java.util.Map;
import java.util.Optional;

/** What a policy's head says of the principal or of the resource. */
public sealed interface EntityScope {

    /** Whoever it is. */
    record Any() implements EntityScope {}

    /** Exactly this one. */
    record Equal(Target target) implements EntityScope {}

    /** This one or one of its descendants. */
    record In(Target target) implements EntityScope {}

    /** One of this type. */
    record Is(String type) implements EntityScope {}

    /** One of this type that is, or descends from, the target. */
    record IsIn(String type, Target target) implements EntityScope {}

    /** The entity that a scope names, or the place where a link will name it. */
    sealed interface Target {

        /** An entity. */
        record Known(EntityUid uid) implements Target {}

        /** A slot of a template. */
        record Open(Slot slot) implements Target {}
    }

    /** The slot that is open here, if any. */
    default Optional<Slot> slot() {
        return switch (this) {
            case Any any -> Optional.empty();
            case Is is -> Optional.empty();
            case Equal(Target target) -> slotOf(target);
            case In(Target target) -> slotOf(target);
            case IsIn(String type, Target target) -> slotOf(target);
        };
    }

    /** The same scope with its slot filled in, if it has one and {@code values} names it. */
    default EntityScope fill(Map<Slot, EntityUid> values) {
        return switch (this) {
            case Any any -> any;
            case Is is -> is;
            case Equal(Target target) -> new Equal(filled(target, values));
            case In(Target target) -> new In(filled(target, values));
            case IsIn(String type, Target target) -> new IsIn(type, filled(target, values));
        };
    }

    private static Optional<Slot> slotOf(Target target) {
        return target instanceof Target.Open(Slot slot) ? Optional.of(slot) : Optional.empty();
    }

    private static Target filled(Target target, Map<Slot, EntityUid> values) {
        if (target instanceof Target.Open(Slot slot)) {
            EntityUid uid = values.get(slot);
            return uid == null ? target : new Target.Known(uid);
        }
        return target;
    }
}
