package io.ashlar.guard.permission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.ashlar.guard.permission.RequiresPermission.From;
import io.vertx.core.Context;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Enforces {@link RequiresPermission} where the body says what it is about: around the method, so that nothing gets past it,
 * whatever read the body or did not. The body is the one parameter that carries no annotation of JAX-RS.
 */
@RequiresPermission(action = "")
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class BodyPermission {

    private final CurrentCaller current;
    private final Doorkeeper doorkeeper;
    private final ObjectMapper mapper;

    @Inject
    BodyPermission(CurrentCaller current, Doorkeeper doorkeeper, ObjectMapper mapper) {
        this.current = current;
        this.doorkeeper = doorkeeper;
        this.mapper = mapper;
    }

    @AroundInvoke
    @Nullable Object permit(InvocationContext context) throws Exception {
        Method method = context.getMethod();
        @Nullable RequiresPermission permission = Permissions.of(method, method.getDeclaringClass());
        if (permission != null && permission.resourceFrom() == From.BODY) {
            if (Context.isOnEventLoopThread()) {
                throw new IllegalStateException(
                        method + " takes its permission from the body, which needs a thread that"
                                + " may block: @RunOnVirtualThread");
            }
            Caller caller = current.get();
            caller.requireTenant();
            EntityRef entity = ResourceIds.of(permission, body(method, context.getParameters()));
            doorkeeper.require(caller, permission.action(), entity);
        }
        return context.proceed();
    }

    private JsonNode body(Method method, Object[] parameters) {
        Annotation[][] annotations = method.getParameterAnnotations();
        int[] bodies = IntStream.range(0, parameters.length)
                .filter(i -> Arrays.stream(annotations[i]).noneMatch(BodyPermission::isOfJaxRs))
                .toArray();
        if (bodies.length != 1) {
            throw new IllegalStateException(method + " takes its permission from the body, and has no one body");
        }
        return read(parameters[bodies[0]]);
    }

    private static boolean isOfJaxRs(Annotation annotation) {
        String name = annotation.annotationType().getName();
        return name.startsWith("jakarta.ws.rs.") || name.startsWith("org.jboss.resteasy.reactive.");
    }

    private JsonNode read(@Nullable Object body) {
        try {
            return switch (body) {
                case null -> MissingNode.getInstance();
                case JsonNode node -> node;
                case byte[] bytes -> mapper.readTree(bytes);
                case String text -> mapper.readTree(text);
                default -> mapper.valueToTree(body);
            };
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException undecodable) {
            throw new ProblemException(
                    DoorError.MALFORMED_JSON, "the body is not JSON: its bytes are in no encoding of it");
        }
    }

    private static ProblemException malformed(JsonProcessingException e) {
        return new ProblemException(
                DoorError.MALFORMED_JSON,
                "the body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr());
    }
}
