/**
 * Rows as CSV (RFC 4180, UTF-8, CRLF, a heading). A text cell that a spreadsheet would run as a formula is made harmless, and
 * every such change is counted for the receipt. Numbers are written digit by digit as they came.
 */
@NullMarked
package io.ashlar.export.csv;

import org.jspecify.annotations.NullMarked;
