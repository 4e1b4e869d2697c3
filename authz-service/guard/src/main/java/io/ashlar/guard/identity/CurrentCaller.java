package io.ashlar.guard.identity;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller of the present request. */
@RequestScoped
public class CurrentCaller {

    private @Nullable Caller caller;

    /**
     * The caller.
     *
     * @throws ProblemException {@code unauthenticated} where the request is open to all
     */
    public Caller get() {
        return find().orElseThrow(() -> new ProblemException(DoorError.UNAUTHENTICATED, "this needs a bearer token"));
    }

    public Optional<Caller> find() {
        return Optional.ofNullable(caller);
    }

    void set(Caller known) {
        this.caller = known;
    }
}
