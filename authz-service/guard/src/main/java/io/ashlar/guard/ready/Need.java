package io.ashlar.guard.ready;

import java.util.Optional;

/** One thing without which a server cannot do its job: a bean of each server, {@code @ApplicationScoped}. Thread-safe. */
public interface Need {

    /** A stable name, snake_case: {@code kafka}, {@code schema}, {@code change_topic}. */
    String name();

    /** Why it is missing, in a few words without secrets; empty if it is there. Answers from memory, within a millisecond. */
    Optional<String> missing();
}
