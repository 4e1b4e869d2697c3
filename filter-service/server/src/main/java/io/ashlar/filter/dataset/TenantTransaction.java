package io.ashlar.filter.dataset;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Runs work in one transaction on one connection that is set to a tenant, and gives its result out only if the setting
 * still held when the work was done. For virtual threads: the reactive work runs on an event loop, the caller waits.
 */
@Singleton
final class TenantTransaction {

    private static final Logger LOG = Logger.getLogger(TenantTransaction.class);

    /** No statement of the registry is long; a database that is frozen must not hold requests. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    // Transaction-local: a connection goes back to the pool without a tenant, whatever happens.
    private static final String ENTER = """
            SELECT set_config('ashlar.tenant', :tenant, TRUE)
            """;

    private static final String VERIFY = """
            SELECT current_setting('ashlar.tenant', TRUE)
            """;

    /**
     * Runs the work and commits.
     *
     * @throws ProblemException {@code dependency_unavailable} if the database does not answer
     */
    <T> T call(UUID tenant, Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(() -> inTenant(tenant, work))
                    .ifNoItem()
                    .after(DEADLINE)
                    .fail());
        } catch (Throwable failure) {
            throw translated(failure);
        }
    }

    private static <T> Uni<T> inTenant(UUID tenant, Supplier<Uni<T>> work) {
        return Panache.getSession().chain(session -> single(
                        session.createNativeQuery(ENTER, String.class).setParameter("tenant", tenant.toString()))
                .chain(set -> work.get())
                // Pending rows are written before the setting is looked at, not by the commit after it.
                .call(session::flush)
                .call(() -> verify(session, tenant)));
    }

    private static Uni<Void> verify(Mutiny.Session session, UUID tenant) {
        return single(session.createNativeQuery(VERIFY, String.class))
                .invoke(held -> {
                    if (!tenant.toString().equals(held)) {
                        throw new IllegalStateException("the tenant setting was lost inside a transaction");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<String> single(Mutiny.SelectionQuery<String> query) {
        return query.getSingleResult();
    }

    private static RuntimeException translated(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || isClosed(cause)) {
                LOG.warnf(failure, "event=registry_unreachable");
                return new ProblemException(
                                DoorError.DEPENDENCY_UNAVAILABLE, "The registry of datasets does not answer.")
                        .retryAfter(1);
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new CompletionException(failure);
    }

    /** Vert.x says so by a class without a common type: its pool's and its connection's own exceptions. */
    private static boolean isClosed(Throwable cause) {
        return cause instanceof io.vertx.core.VertxException
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || cause instanceof io.vertx.sqlclient.ClosedConnectionException;
    }
}
