package io.ashlar.filter.dataset;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Runs work in one transaction on one connection that is set to a tenant, and gives its result out only if the setting
 * still held when the work was done. For virtual threads: the reactive work runs on an event loop, the caller waits.
 */
@Singleton
public final class TenantTransaction {

    private static final Logger LOG = Logger.getLogger(TenantTransaction.class);

    /**
     * Transaction-local: a connection goes back to the pool without a tenant, whatever happens. The database itself ends
     * what takes too long. A deadline on this side would cancel off the event loop, which leaves the transaction open with
     * its locks held.
     */
    private static final String ENTER = """
            SELECT set_config('statement_timeout', '5s', TRUE)
                || set_config('idle_in_transaction_session_timeout', '5s', TRUE)
                || set_config('ashlar.tenant', :tenant, TRUE)
            """;

    /** query_canceled, idle_in_transaction_session_timeout, admin_shutdown, crash_shutdown, cannot_connect_now. */
    private static final Set<String> ENDED = Set.of("57014", "25P03", "57P01", "57P02", "57P03");

    private static final String VERIFY = """
            SELECT current_setting('ashlar.tenant', TRUE)
            """;

    /**
     * Runs the work and commits.
     *
     * @throws ProblemException {@code dependency_unavailable} if the database does not answer
     */
    public <T> T call(UUID tenant, Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(() -> inTenant(tenant, work)));
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
            if (cause instanceof IOException || isUnavailable(cause)) {
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

    /** A closed connection, a pool's own refusal, or a state by which PostgreSQL says that it ended the work itself. */
    private static boolean isUnavailable(Throwable cause) {
        return cause instanceof VertxException
                || cause instanceof ClosedConnectionException
                || (cause instanceof PgException refused && ENDED.contains(String.valueOf(refused.getSqlState())));
    }
}
