/**
 * JSON as a server reads it: unknown and duplicate fields, wrong types, trailing text and silent conversions are faults.
 * All unknown fields of a body are named at once, with the nearest known one.
 * Names are snake_case, absent is written instead of null.
 */
@NullMarked
package io.ashlar.guard.json;

import org.jspecify.annotations.NullMarked;
