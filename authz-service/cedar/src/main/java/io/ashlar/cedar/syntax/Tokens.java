package io.ashlar.cedar.syntax;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.syntax.Token.Kind;

/** The words of a text with one word seen ahead; what expressions and heads of policies read alike. */
final class Tokens {

    private final String text;
    private final Lexer lexer;
    private Token ahead;
    private int consumedEnd;

    Tokens(String text) {
        this.text = text;
        this.lexer = new Lexer(text);
        this.ahead = lexer.next();
    }

    Token peek() {
        return ahead;
    }

    boolean at(Kind kind) {
        return ahead.kind() == kind;
    }

    boolean atWord(String word) {
        return ahead.kind() == Kind.IDENTIFIER
                && ahead.end() - ahead.start() == word.length()
                && text.startsWith(word, ahead.start());
    }

    Token take() {
        Token taken = ahead;
        consumedEnd = taken.end();
        ahead = lexer.next();
        return taken;
    }

    boolean skip(Kind kind) {
        if (at(kind)) {
            take();
            return true;
        }
        return false;
    }

    boolean skipWord(String word) {
        if (atWord(word)) {
            take();
            return true;
        }
        return false;
    }

    Token expect(Kind kind) {
        if (!at(kind)) {
            throw unexpected(kind.text());
        }
        return take();
    }

    void expectWord(String word) {
        if (!skipWord(word)) {
            throw unexpected(word);
        }
    }

    /** From {@code start} to the end of the word that was taken last. */
    Span since(int start) {
        return Span.of(start, Math.max(start, consumedEnd));
    }

    String text(Token token) {
        return text.substring(token.start(), token.end());
    }

    String string(Token token) {
        return Escapes.string(text, token.start() + 1, token.end() - 1);
    }

    Pattern pattern(Token token) {
        return Escapes.pattern(text, token.start() + 1, token.end() - 1);
    }

    ReadException unexpected(String wanted) {
        String found = at(Kind.END) ? Kind.END.text() : abbreviated(text(ahead));
        return new ReadException("here should be " + wanted + ", not " + found, ahead.span());
    }

    /** A name that is no reserved word. */
    String name() {
        Token token = expect(Kind.IDENTIFIER);
        return checked(text(token), token);
    }

    String checked(String name, Token token) {
        if (Identifiers.isReserved(name)) {
            throw new ReadException(name + " is a reserved word", token.span());
        }
        return name;
    }

    /** {@code first::second}, all of it. */
    String path() {
        StringBuilder path = new StringBuilder(name());
        while (skip(Kind.PATH)) {
            path.append("::").append(name());
        }
        return path.toString();
    }

    /** {@code Type::"id"}. */
    EntityUid entity() {
        int start = ahead.start();
        StringBuilder type = new StringBuilder(name());
        while (true) {
            expect(Kind.PATH);
            if (at(Kind.STRING)) {
                return entity(type.toString(), start);
            }
            type.append("::").append(name());
        }
    }

    /** The entity of this type whose id is the next word. */
    EntityUid entity(String type, int start) {
        String id = string(expect(Kind.STRING));
        try {
            return new EntityUid(type, id);
        } catch (IllegalArgumentException e) {
            throw new ReadException(String.valueOf(e.getMessage()), since(start));
        }
    }

    /** Goes on behind the next semicolon, wherever it is. */
    void recover() {
        while (true) {
            try {
                Token token = take();
                if (token.kind() == Kind.SEMICOLON || token.kind() == Kind.END) {
                    return;
                }
            } catch (ReadException e) {
                // The word that could not be read is skipped with the rest; the policy's first fault is already noted.
                ahead = new Token(Kind.COMMA, consumedEnd, consumedEnd);
            }
        }
    }

    private static String abbreviated(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + '…';
    }
}
