package io.ashlar.cedar.syntax;

import java.util.Optional;

/**
 * A note on a policy, {@code @id("…")}; without meaning for decisions.
 *
 * @param name any identifier, reserved words too
 * @param value the text in parentheses, or none
 */
public record Annotation(String name, Optional<String> value) {

    public Annotation {
        if (!Identifiers.isIdentifier(name)) {
            throw new IllegalArgumentException("not an identifier: " + name);
        }
    }
}
