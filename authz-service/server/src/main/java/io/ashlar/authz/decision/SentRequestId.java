package io.ashlar.authz.decision;

import io.ashlar.authz.call.Headers;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * AuthZEN's request id is any string and comes back as it was sent; elsewhere in the house one that is not well formed is
 * replaced, and the log and the audit know it by the replacement.
 */
class SentRequestId {

    private static final String PATHS = "/access/v1/";
    private static final int LENGTH_MAX = 1024;

    @ServerResponseFilter
    void echo(ContainerRequestContext request, ContainerResponseContext response) {
        @Nullable String sent = request.getHeaderString(Headers.REQUEST_ID);
        if (sent != null && isPrintable(sent) && request.getUriInfo().getPath().startsWith(PATHS)) {
            response.getHeaders().putSingle(Headers.REQUEST_ID, sent);
        }
    }

    private static boolean isPrintable(String text) {
        return !text.isEmpty() && text.length() <= LENGTH_MAX && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }
}
