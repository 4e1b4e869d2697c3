package io.ashlar.cedar.syntax;

import java.util.List;

/**
 * The right side of {@code like}: literal pieces with a wildcard between each two. {@code "a*b"} has the pieces {@code a}
 * and {@code b}; a pattern without wildcard has one piece.
 */
public record Pattern(List<String> pieces) {

    public Pattern {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("a pattern has at least one piece");
        }
    }
}
