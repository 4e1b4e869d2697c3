package io.ashlar.guard.permission;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.identity.Caller;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the resource that a permission is about. */
final class ResourceIds {

    /** As long as AuthZEN's questions take. */
    private static final int LENGTH_MAX = 1_024;

    private ResourceIds() {}

    /** The resource as path or query name it, or the tenant. */
    static EntityRef of(RequiresPermission permission, Caller caller, UriInfo uri) {
        String tenant = caller.requireTenant().toString();
        if (permission.resourceId().isEmpty()) {
            return new EntityRef("Tenant", tenant);
        }
        String id =
                switch (permission.resourceFrom()) {
                    case PATH -> path(permission.resourceId(), uri);
                    case QUERY -> query(permission.resourceId(), uri);
                    case BODY -> throw new IllegalStateException("the body has not been read");
                };
        return new EntityRef(permission.resourceType(), id);
    }

    /** The resource as the body names it. */
    static EntityRef of(RequiresPermission permission, JsonNode body) {
        String pointer = permission.resourceId();
        JsonNode id = body.at(pointer);
        if (!id.isTextual() || !isId(id.textValue())) {
            throw refused(id.isMissingNode() || id.isNull() ? "missing_key" : "wrong_type", pointer, "the body");
        }
        return new EntityRef(permission.resourceType(), id.textValue());
    }

    private static String path(String name, UriInfo uri) {
        @Nullable String id = uri.getPathParameters().getFirst(name);
        if (id == null || id.isEmpty()) {
            throw new IllegalStateException("@RequiresPermission names a path parameter that is not there: " + name);
        }
        return id;
    }

    /** Of two, one could be decided and the other be used. */
    private static String query(String name, UriInfo uri) {
        List<String> ids = uri.getQueryParameters().getOrDefault(name, List.of());
        if (ids.size() != 1 || !isId(ids.getFirst())) {
            throw refused(ids.isEmpty() ? "missing_key" : "value_invalid", "query:" + name, "the query");
        }
        return ids.getFirst();
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= LENGTH_MAX;
    }

    private static ProblemException refused(String code, String pointer, String what) {
        return new ProblemException(
                DoorError.INVALID_REQUEST,
                what + " does not say what it is about",
                List.of(new Fault(code, pointer, "expected one id of 1 to " + LENGTH_MAX + " characters")));
    }
}
