/**
 * Bodies that are read member by member: strict JSON, and all that is wrong with it at once. Queries have a reader of their
 * own in the dsl. Nothing here knows what a body is for.
 */
@NullMarked
package io.ashlar.filter.body;

import org.jspecify.annotations.NullMarked;
