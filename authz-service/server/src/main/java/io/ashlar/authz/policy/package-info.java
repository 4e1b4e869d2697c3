/**
 * Policies as their authors write them: one Cedar policy per id, checked before it is kept, immutable versions per tenant.
 * A change raises the tenant's policy version and revision in its own transaction.
 * What is in force is the newest text of each id that is not deleted.
 */
@NullMarked
package io.ashlar.authz.policy;

import org.jspecify.annotations.NullMarked;
