package io.ashlar.router.flight;

import io.ashlar.router.client.TooCostly;
import java.util.function.Function;

/** What became of a read on one node. */
public sealed interface Outcome<T> {

    /** The same of what is made of the value, if there is one. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> made) {
        return switch (this) {
            case Landed<T>(T value, Proof first, Proof second) -> new Landed<>(made.apply(value), first, second);
            case Behind<T>(Proof first) -> new Behind<>(first);
            case RoleChanged<T>() -> new RoleChanged<>();
            case TenantLost<T>() -> new TenantLost<>();
            case Refused<T>(String sqlState) -> new Refused<>(sqlState);
            case OverCeiling<T>(TooCostly numbers) -> new OverCeiling<>(numbers);
            case TimedOut<T>() -> new TimedOut<>();
            case Busy<T>() -> new Busy<>();
            case Broken<T>(String reason) -> new Broken<>(reason);
        };
    }

    /**
     * It may be released.
     *
     * @param first before the rows: they are no older
     * @param second after the rows: they are no younger
     */
    record Landed<T>(T value, Proof first, Proof second) implements Outcome<T> {}

    /** The node had not seen enough; nothing is released. */
    record Behind<T>(Proof first) implements Outcome<T> {}

    /** The node is no longer what it was chosen as. */
    record RoleChanged<T>() implements Outcome<T> {}

    /** The server did not confirm the tenant. */
    record TenantLost<T>() implements Outcome<T> {}

    /** The query's own fault: another node would say the same. */
    record Refused<T>(String sqlState) implements Outcome<T> {}

    /** It was not run, as its plan costs too much; another node would plan the same. */
    record OverCeiling<T>(TooCostly numbers) implements Outcome<T> {}

    /** It ran longer than a statement may. */
    record TimedOut<T>() implements Outcome<T> {}

    /** No connection was free in time; that says nothing of the node. */
    record Busy<T>() implements Outcome<T> {}

    /** The node, or the way to it, failed. */
    record Broken<T>(String reason) implements Outcome<T> {}
}
