/**
 * Removes what nobody needs any more: files of attempts that did not win, files past their time, old idempotency keys and old
 * jobs. One process sweeps at a time, under an advisory lock; a sweep that is cut short is repeated by the next.
 */
@NullMarked
package io.ashlar.export.sweep;

import org.jspecify.annotations.NullMarked;
