package io.ashlar.authz.principal;

import io.ashlar.authz.page.Editions;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors;
import io.ashlar.authz.page.IdPage;
import io.ashlar.authz.principal.Principal.Kind;
import io.ashlar.authz.principal.PrincipalStore.Written;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is asked of users and groups alike, in the caller's tenant; a view is how a kind is shown. */
@ApplicationScoped
class PrincipalCalls {

    private final CurrentCaller current;
    private final PrincipalStore store;
    private final IdCursors cursors;

    PrincipalCalls(CurrentCaller current, PrincipalStore store, IdCursors cursors) {
        this.current = current;
        this.store = store;
        this.cursors = cursors;
    }

    <V> IdPage<V> list(
            Kind kind,
            Function<Principal, V> view,
            Function<V, String> id,
            @Nullable Integer limit,
            @Nullable String cursor) {
        UUID tenant = current.get().requireTenant();
        IdCursors.Slice slice = cursors.slice(tenant, kind.list(), limit, cursor);
        List<V> read = store.list(tenant, kind, slice).stream().map(view).toList();
        return cursors.page(tenant, kind.list(), slice, read, id);
    }

    Response get(Kind kind, String id, Function<Principal, ?> view) {
        Principal found = store.find(current.get().requireTenant(), kind, id).orElseThrow(() -> notFound(kind));
        return Editions.answer(false, view.apply(found), found.revision());
    }

    Response put(Principal wanted, Expected expected, Function<Principal, ?> view) {
        Caller caller = current.get();
        Written written = store.put(caller.requireTenant(), caller.subject(), wanted, expected);
        return Editions.answer(
                written.created(),
                view.apply(written.principal()),
                written.principal().revision());
    }

    Response delete(Kind kind, String id, Expected expected) {
        Caller caller = current.get();
        if (!store.delete(caller.requireTenant(), caller.subject(), kind, id, expected)) {
            throw notFound(kind);
        }
        return Response.noContent().build();
    }

    private static ProblemException notFound(Kind kind) {
        return new ProblemException(DoorError.NOT_FOUND, "there is no such " + kind.stored());
    }
}
