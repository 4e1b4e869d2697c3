package io.ashlar.ingest.deadletter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page, newest first; {@code nextCursor} is absent on the last one. */
record DeadLetterPage(
        List<DeadLetter> deadLetters, @Nullable String nextCursor) {
    DeadLetterPage {
        deadLetters = List.copyOf(deadLetters);
    }
}
