/**
 * Whether the caller may: {@link io.ashlar.guard.permission.RequiresPermission} on a resource method asks authz before the
 * method runs. The question goes to a {@link io.ashlar.guard.permission.PermissionCheck}, by default the remote one; authz
 * itself brings its own. Without an answer nobody gets in.
 */
@NullMarked
package io.ashlar.guard.permission;

import org.jspecify.annotations.NullMarked;
