package io.ashlar.cedar.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** A text is not Cedar; it names one fault for each policy that has any. */
public final class SyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    SyntaxException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, in the order of the text; never empty. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * One fault.
     *
     * @param message what is wrong
     * @param at where, in UTF-16 offsets
     * @param line from 1
     * @param column from 1, in UTF-16 characters
     */
    public record Fault(String message, Span at, int line, int column) {

        static Fault of(String message, Span at, String text) {
            Place place = Place.of(at, text);
            return new Fault(message, at, place.line(), place.column());
        }

        @Override
        public String toString() {
            return "line " + line + ", column " + column + ": " + message;
        }
    }
}
