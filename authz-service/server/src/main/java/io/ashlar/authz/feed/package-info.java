/**
 * Hands a tenant's snapshot to decision points in other processes, as it is used here. Whoever reads one reads all of a tenant's
 * principals, so only service accounts that may act for users do, and each reading is in the audit log. How a snapshot is written
 * is the SDK's affair.
 */
@NullMarked
package io.ashlar.authz.feed;

import org.jspecify.annotations.NullMarked;
