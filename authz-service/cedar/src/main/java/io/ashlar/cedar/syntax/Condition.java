package io.ashlar.cedar.syntax;

/**
 * A {@code when} or {@code unless} clause.
 *
 * @param kind which of the two
 * @param body what must be true, or must not
 * @param at where the clause is written
 */
public record Condition(Kind kind, Expr body, Span at) {

    /** The clause's word. */
    public enum Kind {
        WHEN("when"),
        UNLESS("unless");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Its spelling. */
        public String text() {
            return text;
        }
    }
}
