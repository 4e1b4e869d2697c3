package io.ashlar.authz.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A default policy beside what a tenant has of that name.
 *
 * @param id the policy's
 * @param cedar the default as a new tenant has it
 * @param present what is in force here; absent if nothing is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DefaultState(
        String id, State state, String cedar, @Nullable String present) {

    /** How the two are to each other. */
    enum State {
        /** The same. */
        CURRENT,
        /** The default as tenants were once made with. */
        OLDER,
        /** The tenant's own text. */
        CHANGED,
        /** The tenant has taken it out of force. */
        REMOVED,
        /** The tenant never had it. */
        MISSING;

        /** Its name in answers. */
        @JsonValue
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Compares.
     *
     * @param present null if nothing is in force
     * @param known whether the tenant ever had a policy of that name
     */
    static DefaultState of(String id, String cedar, @Nullable String present, boolean known) {
        State state;
        if (present == null) {
            state = known ? State.REMOVED : State.MISSING;
        } else if (present.equals(cedar)) {
            state = State.CURRENT;
        } else {
            state = DefaultPolicies.earlier(id).contains(present) ? State.OLDER : State.CHANGED;
        }
        return new DefaultState(id, state, cedar, present);
    }
}
