/**
 * Whether the caller may: {@link io.ashlar.guard.permission.RequiresPermission} on a resource method has it decided before the
 * method runs. The question goes to a {@link io.ashlar.guard.permission.PermissionCheck}, by default to authz, or to a decision
 * point in this process where {@code ashlar.guard.authz.mode} says so; authz itself brings its own. Without an answer nobody
 * gets in.
 */
@NullMarked
package io.ashlar.guard.permission;

import org.jspecify.annotations.NullMarked;
