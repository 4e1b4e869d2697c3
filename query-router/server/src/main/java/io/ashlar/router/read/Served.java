package io.ashlar.router.read;

import io.ashlar.router.choice.Reason;
import io.ashlar.router.client.Fresh;

/**
 * A value with where it came from.
 *
 * @param lagMs greatest age in milliseconds; -1 if the primary has not been seen since this router started
 */
public record Served<T>(T value, String source, long lagMs, String consistency, Reason why, String token)
        implements Fresh {

    @Override
    public String reason() {
        return why.wire();
    }

    public <R> Served<R> with(R other) {
        return new Served<>(other, source, lagMs, consistency, why, token);
    }
}
