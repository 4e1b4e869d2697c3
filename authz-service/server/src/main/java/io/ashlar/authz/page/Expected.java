package io.ashlar.authz.page;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a client expects to be there.
 *
 * @param ifMatch the header, or null
 * @param ifNoneMatch the header, or null
 */
public record Expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

    /** Ends the request unless the edition there is, if there is one, is expected. */
    public void require(OptionalLong present) {
        Editions.require(ifMatch, ifNoneMatch, present);
    }
}
