package io.ashlar.guard.permission;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The caller needs a tenant, and a policy that permits the action on the resource. On methods of resource classes, or on the class
 * for all methods without one of their own; without it a method needs a token and nothing else.
 *
 * <p>Asked before the body is read, but where the body holds the resource's id: then before the method runs, which needs a thread
 * that may block.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RequiresPermission {

    /** Where a resource's id is. */
    enum From {
        /** In a path parameter of that name. */
        PATH,
        /** In the one query parameter of that name; a request with none or several is refused. */
        QUERY,
        /** In the body, under that JSON pointer ({@code /dataset}); a body without a string there is refused. */
        BODY
    }

    /** Cedar action: {@code dataset.query}. */
    @Nonbinding
    String action();

    /** Cedar type of the resource. */
    @Nonbinding
    String resourceType() default "Tenant";

    /** Where the resource's id is found; empty for the tenant itself, {@code Tenant::"<tenant>"}. */
    @Nonbinding
    String resourceId() default "";

    /** What {@link #resourceId} names. */
    @Nonbinding
    From resourceFrom() default From.PATH;
}
