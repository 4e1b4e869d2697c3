package io.ashlar.guard.permission;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Which permission a method needs. */
final class Permissions {

    private Permissions() {}

    /** The method's own, else its class's; null if it needs none. */
    static @Nullable RequiresPermission of(Method method, Class<?> resource) {
        @Nullable RequiresPermission own = method.getAnnotation(RequiresPermission.class);
        return own != null ? own : resource.getAnnotation(RequiresPermission.class);
    }
}
