package io.ashlar.guard.express;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.identity.Caller;
import java.util.Optional;

/** Who answers POSTs of JSON to one path, in JSON. Thread-safe. */
public interface Desk {

    /**
     * The answer if it takes neither waiting nor much computing: an event loop asks.
     *
     * @return empty if it takes either; then nothing was done yet
     * @throws ProblemException if the request is refused
     */
    Optional<byte[]> answerAtOnce(Caller caller, byte[] body);

    /**
     * The answer; may block.
     *
     * @throws ProblemException if the request is refused
     */
    byte[] answer(Caller caller, byte[] body);
}
