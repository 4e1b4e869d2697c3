package io.ashlar.router.client;

import org.jspecify.annotations.Nullable;

/**
 * The last line of a stream.
 *
 * @param complete false: the store failed midway; everything before is to be thrown away
 * @param rows how many row lines there were
 * @param digest {@code sha256:<hex>} over the bytes of all row lines, line feeds included
 * @param token sees no less than this stream did; null if not complete
 * @param code why it is not complete; null if it is
 */
public record StreamTrailer(
        boolean complete,
        long rows,
        String digest,
        @Nullable String token,
        @Nullable String code) {}
