/**
 * Readiness: which of database, change topic and audit spool is missing.
 * A silent topic after the start makes decisions slower, not wrong, and does not take the server out of service.
 * Each check names what it found.
 */
@NullMarked
package io.ashlar.authz.ready;

import org.jspecify.annotations.NullMarked;
