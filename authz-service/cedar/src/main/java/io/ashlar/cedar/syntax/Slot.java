package io.ashlar.cedar.syntax;

import java.util.Optional;

/** A place in a template's scope that a link fills in. */
public enum Slot {
    PRINCIPAL("?principal"),
    RESOURCE("?resource");

    private final String text;

    Slot(String text) {
        this.text = text;
    }

    /** Its spelling: {@code ?principal}. */
    public String text() {
        return text;
    }

    /** The slot of that spelling. */
    public static Optional<Slot> of(String text) {
        for (Slot slot : values()) {
            if (slot.text.equals(text)) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }
}
