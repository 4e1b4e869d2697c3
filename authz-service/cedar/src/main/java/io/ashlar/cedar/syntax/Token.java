package io.ashlar.cedar.syntax;

/** A word of the text, by its offsets. */
record Token(Kind kind, int start, int end) {

    enum Kind {
        IDENTIFIER("a name"),
        NUMBER("a number"),
        STRING("a string"),
        SLOT("a slot"),
        AT("@"),
        DOT("."),
        COMMA(","),
        SEMICOLON(";"),
        COLON(":"),
        PATH("::"),
        LEFT_PAREN("("),
        RIGHT_PAREN(")"),
        LEFT_BRACE("{"),
        RIGHT_BRACE("}"),
        LEFT_BRACKET("["),
        RIGHT_BRACKET("]"),
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        OR("||"),
        AND("&&"),
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        NOT("!"),
        END("the end of the text");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Span span() {
        return Span.of(start, end);
    }
}
