/**
 * Looks at a set of policies before it is put in force: syntax, strict validation by a schema, and the set's own test cases.
 * Names all that is wrong, each with its place. Without a schema only what needs none is validated.
 * Work is bounded in size, in time and in how much of it runs at once; nothing here touches the path of decisions.
 */
@NullMarked
package io.ashlar.authz.review;

import org.jspecify.annotations.NullMarked;
