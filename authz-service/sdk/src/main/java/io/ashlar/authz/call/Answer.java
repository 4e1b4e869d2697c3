package io.ashlar.authz.call;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A peer's answer with what came beside the body.
 *
 * @param status 200 to 399; error statuses are thrown
 * @param headers by lower-case name
 * @param body the body, read as the asked type
 */
public record Answer<T>(int status, Map<String, List<String>> headers, T body) {

    /** The first value of a header, whatever its case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }
}
