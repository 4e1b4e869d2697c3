package io.ashlar.guard.permission;

import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.client.Authz;

/** Who decides what the door asks: authz, or this process. Thread-safe; decisions may block. */
@FunctionalInterface
interface DecisionPoint {

    /** Decisions for one user of one tenant; cheap, made for each question. */
    Authz onBehalfOf(OnBehalfOf user);
}
