/**
 * What a caller of export-service needs: its errors here, a client beside, and the receipts that prove a file. Plain Java,
 * no framework. The server depends on this, never the other way round.
 */
@NullMarked
package io.ashlar.export;

import org.jspecify.annotations.NullMarked;
