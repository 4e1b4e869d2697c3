/**
 * Policy sets of the platform that hold for every tenant, but for those that go without; a mandatory one holds for all.
 * A set is published whole, as an immutable version, and counts as a change in each tenant that takes it, in one transaction.
 * Which version holds for a tenant is part of the tenant's own versions.
 */
@NullMarked
package io.ashlar.authz.shared;

import org.jspecify.annotations.NullMarked;
