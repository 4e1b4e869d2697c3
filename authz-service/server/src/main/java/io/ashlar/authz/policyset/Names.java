package io.ashlar.authz.policyset;

import io.ashlar.filter.dsl.Fault;
import java.util.List;
import java.util.regex.Pattern;

/** How policies, drafts and sets may be named. */
public final class Names {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Names() {}

    /** Whether {@code id} is a name; else there is a fault. */
    public static boolean check(String id, String pointer, String what, List<Fault> faults) {
        if (ID.matcher(id).matches()) {
            return true;
        }
        faults.add(new Fault("value_invalid", pointer, what + "'s id matches " + ID.pattern()));
        return false;
    }
}
