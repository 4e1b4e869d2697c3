/**
 * Users, groups and roles of a tenant, append-only by revision.
 * Users are given roles and groups; groups sit in groups and may be given roles; roles are built in.
 * Cycles and unknown names are refused.
 */
@NullMarked
package io.ashlar.authz.principal;

import org.jspecify.annotations.NullMarked;
