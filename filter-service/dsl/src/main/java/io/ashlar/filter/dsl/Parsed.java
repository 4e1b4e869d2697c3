package io.ashlar.filter.dsl;

import java.util.List;
import java.util.function.Function;

/** What reading or checking an input came to: a value, or everything that is wrong with the input. */
public sealed interface Parsed<T> {

    record Ok<T>(T value) implements Parsed<T> {}

    /** At least one fault, at most {@link Faults#MAX}. */
    record Faulty<T>(List<Fault> faults) implements Parsed<T> {

        public Faulty {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("faulty without a fault");
            }
        }
    }

    static <T> Parsed<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Parsed<T> faulty(List<Fault> faults) {
        return new Faulty<>(faults);
    }

    static <T> Parsed<T> faulty(Fault fault) {
        return new Faulty<>(List.of(fault));
    }

    default <R> Parsed<R> then(Function<? super T, Parsed<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Faulty<T>(List<Fault> faults) -> new Faulty<>(faults);
        };
    }

    /** The value, or what {@code failure} makes of the faults, thrown. */
    default <X extends RuntimeException> T orElseThrow(Function<List<Fault>, X> failure) {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Faulty<T>(List<Fault> faults) -> throw failure.apply(faults);
        };
    }
}
