/**
 * The gate on what a change of policies does to real rows: signed impacts of filter-service are attached to a draft, verified
 * offline, and compared with the plans that the draft and the policies in force make now, for everybody.
 * Whoever gains what no result shows, or nobody has approved, keeps the draft from being published; losses are only shown.
 * In doubt it does not open.
 */
@NullMarked
package io.ashlar.authz.impact;

import org.jspecify.annotations.NullMarked;
