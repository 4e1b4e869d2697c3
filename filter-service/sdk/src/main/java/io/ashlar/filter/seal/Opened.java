package io.ashlar.filter.seal;

import java.time.Instant;

/** What came of opening a seal. */
public sealed interface Opened {

    /**
     * The seal is genuine and alive.
     *
     * @param query what filter-service decided
     * @param id the seal's own id ({@code jti})
     * @param issuedAt second precision
     * @param expiresAt second precision; at most {@link SealWriter#VALIDITY_MAX} after {@code issuedAt}
     */
    record Ok(SealedQuery query, String id, Instant issuedAt, Instant expiresAt) implements Opened {}

    /** The seal is not to be run. */
    record Refused(Reason reason) implements Opened {}

    /** Why a seal is refused; {@link #code()} is the problem's code, {@link #detail()} fit for its reader. */
    enum Reason {
        MISSING("seal_missing", "no sealed query was sent"),
        TOO_LARGE("seal_invalid", "the seal is longer than " + SealReader.LENGTH_MAX + " characters"),
        MALFORMED("seal_invalid", "the seal is not a compact JWS with the expected header"),
        ALGORITHM("seal_invalid", "the seal's algorithm is not HS256"),
        UNKNOWN_KEY("seal_invalid", "the seal's key is unknown"),
        SIGNATURE("seal_invalid", "the seal's signature does not match"),
        AUDIENCE("seal_invalid", "the seal was made by or for another service"),
        VALIDITY("seal_invalid", "the seal's validity is longer than allowed or lies in the future"),
        CONTENT("seal_invalid", "the seal's content is not understood"),
        EXPIRED("seal_expired", "the seal has expired");

        private final String code;
        private final String detail;

        Reason(String code, String detail) {
            this.code = code;
            this.detail = detail;
        }

        public String code() {
            return code;
        }

        public String detail() {
            return detail;
        }
    }
}
