/**
 * Makes audit events of decisions and puts them into the spool before anybody is answered.
 * Equal allows within a second become one event with a count; denials never.
 * A spool without room ends the request.
 */
@NullMarked
package io.ashlar.authz.journal;

import org.jspecify.annotations.NullMarked;
