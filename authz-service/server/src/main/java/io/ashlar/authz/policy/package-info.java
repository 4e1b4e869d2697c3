/**
 * Policies one by one: what is in force, and changes of a single policy that are put in force at once, as a version of their own.
 * Such a change passes the set's schema and test cases like any other; a tenant may ask for drafts instead.
 * What a new tenant starts with is here too.
 */
@NullMarked
package io.ashlar.authz.policy;

import org.jspecify.annotations.NullMarked;
