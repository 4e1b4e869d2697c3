package io.ashlar.kubernetes.values;

import java.util.List;
import java.util.Optional;

/**
 * What a value may be, besides being of its default's type. In a comment: {@code @enum A B}, {@code @range 1 10},
 * {@code @pattern ^x$}, {@code @items string|integer|object}, {@code @map string|scalar}, {@code @free} (any object) and
 * {@code @schema {…}} (JSON Schema, where nothing else will do).
 */
sealed interface Constraint {

    /** One of these strings; {@code ""} is written as two quotes. */
    record OneOf(List<String> values) implements Constraint {}

    /** An integer, both ends included. */
    record Range(long low, long high) implements Constraint {}

    /** A string that matches. */
    record Pattern(String expression) implements Constraint {}

    /** A list of these. */
    record Items(String type) implements Constraint {}

    /** An object with any keys and these as values. */
    record MapOf(String type) implements Constraint {}

    /** An object with anything in it. */
    record Free() implements Constraint {}

    /** JSON Schema. */
    record Schema(String json) implements Constraint {}

    /** Whether the value is one, though it looks like a group of values. */
    default boolean closesGroup() {
        return this instanceof MapOf || this instanceof Free || this instanceof Schema;
    }

    /**
     * Reads a line of a comment.
     *
     * @return nothing, if it is not a constraint but text
     * @throws IllegalArgumentException an unknown or malformed constraint
     */
    static Optional<Constraint> read(String line) {
        if (!line.startsWith("@")) {
            return Optional.empty();
        }
        String word = line.split(" ", 2)[0];
        String rest = line.substring(word.length()).strip();
        return Optional.of(
                switch (word) {
                    case "@enum" ->
                        new OneOf(List.of(rest.split(" +", -1)).stream()
                                .map(value -> value.equals("\"\"") ? "" : value)
                                .toList());
                    case "@range" -> {
                        String[] ends = rest.split(" ", 2);
                        yield new Range(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
                    }
                    case "@pattern" -> new Pattern(rest);
                    case "@items" -> new Items(rest);
                    case "@map" -> new MapOf(rest);
                    case "@free" -> new Free();
                    case "@schema" -> new Schema(rest);
                    case String unknown -> throw new IllegalArgumentException("unknown constraint " + unknown);
                });
    }
}
