package io.ashlar.cedar.syntax;

import io.ashlar.cedar.syntax.Token.Kind;

/** Cuts a text into words, one at a time. Blanks and comments ({@code //} to the end of the line) separate them. */
final class Lexer {

    private final String text;
    private int position;

    Lexer(String text) {
        this.text = text;
    }

    /** The next word, {@link Kind#END} at the end. */
    Token next() {
        skipBlanks();
        int start = position;
        if (start >= text.length()) {
            return new Token(Kind.END, start, start);
        }
        char c = text.charAt(start);
        if (Identifiers.isStart(c)) {
            position = endOfWord(start);
            return new Token(Kind.IDENTIFIER, start, position);
        }
        if (c >= '0' && c <= '9') {
            position = start + 1;
            while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
                position++;
            }
            return new Token(Kind.NUMBER, start, position);
        }
        if (c == '"') {
            return string(start);
        }
        if (c == '?') {
            position = endOfWord(start + 1);
            return new Token(Kind.SLOT, start, position);
        }
        Kind kind = symbol(c, start + 1 < text.length() ? text.charAt(start + 1) : ' ');
        position = start + kind.text().length();
        return new Token(kind, start, position);
    }

    private int endOfWord(int from) {
        int end = from;
        while (end < text.length() && Identifiers.isPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private Token string(int start) {
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                position = i + 1;
                if (position - start - 2 > Limits.STRING_LENGTH_MAX) {
                    throw new ReadException(
                            "a string has at most " + Limits.STRING_LENGTH_MAX + " characters",
                            Span.of(start, start + 1));
                }
                return new Token(Kind.STRING, start, position);
            }
            if (c == '\\') {
                i++;
            }
        }
        position = text.length();
        throw new ReadException("the string does not end", Span.of(start, start + 1));
    }

    private Kind symbol(char c, char following) {
        return switch (c) {
            case '@' -> Kind.AT;
            case '.' -> Kind.DOT;
            case ',' -> Kind.COMMA;
            case ';' -> Kind.SEMICOLON;
            case '(' -> Kind.LEFT_PAREN;
            case ')' -> Kind.RIGHT_PAREN;
            case '{' -> Kind.LEFT_BRACE;
            case '}' -> Kind.RIGHT_BRACE;
            case '[' -> Kind.LEFT_BRACKET;
            case ']' -> Kind.RIGHT_BRACKET;
            case '+' -> Kind.PLUS;
            case '-' -> Kind.MINUS;
            case '*' -> Kind.TIMES;
            case ':' -> following == ':' ? Kind.PATH : Kind.COLON;
            case '!' -> following == '=' ? Kind.NOT_EQUAL : Kind.NOT;
            case '<' -> following == '=' ? Kind.LESS_OR_EQUAL : Kind.LESS;
            case '>' -> following == '=' ? Kind.GREATER_OR_EQUAL : Kind.GREATER;
            default -> pair(c, following);
        };
    }

    private Kind pair(char c, char following) {
        if (c == '=' && following == '=') {
            return Kind.EQUAL;
        }
        if (c == '&' && following == '&') {
            return Kind.AND;
        }
        if (c == '|' && following == '|') {
            return Kind.OR;
        }
        Span at = Span.of(position, position + 1);
        position++;
        throw switch (c) {
            case '=' -> new ReadException("= is no operator, did you mean ==?", at);
            case '/', '%' -> new ReadException("there is no operator " + c, at);
            default -> new ReadException("the character " + Escapes.quoted(String.valueOf(c)) + " cannot be here", at);
        };
    }

    private void skipBlanks() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (isBlank(c)) {
                position++;
            } else if (c == '/' && position + 1 < text.length() && text.charAt(position + 1) == '/') {
                while (position < text.length() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
                    position++;
                }
            } else {
                return;
            }
        }
    }

    /** Unicode's property White_Space. */
    private static boolean isBlank(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u0085'
                || c == '\u00a0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200a')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202f'
                || c == '\u205f'
                || c == '\u3000';
    }
}
