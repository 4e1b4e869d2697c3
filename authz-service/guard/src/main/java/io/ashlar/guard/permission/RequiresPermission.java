package io.ashlar.guard.permission;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The caller needs a tenant, and a policy that permits the action on the resource. Asked before the body is read. On methods
 * of resource classes; without it a method needs a token and nothing else.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresPermission {

    /** Cedar action: {@code dataset.query}. */
    String action();

    /** Cedar type of the resource. */
    String resourceType() default "Tenant";

    /** The path parameter that holds the resource's id; empty for the tenant itself, {@code Tenant::"<tenant>"}. */
    String resourceId() default "";
}
