package io.ashlar.cedar.syntax;

import io.ashlar.cedar.EntityUid;
import java.util.List;

/** What a policy's head says of the action. */
public sealed interface ActionScope {

    /** Whichever it is. */
    record Any() implements ActionScope {}

    /** Exactly this one. */
    record Equal(EntityUid uid) implements ActionScope {
        public Equal {
            requireAction(uid);
        }
    }

    /** This one or one of its descendants. */
    record In(EntityUid uid) implements ActionScope {
        public In {
            requireAction(uid);
        }
    }

    /** One of these or of their descendants; an empty list matches nothing. */
    record InAny(List<EntityUid> uids) implements ActionScope {
        public InAny {
            uids = List.copyOf(uids);
            uids.forEach(ActionScope::requireAction);
        }
    }

    /** Whether the type's last part is {@code Action}, as Cedar asks of every entity in an action's scope. */
    static boolean isAction(EntityUid uid) {
        String type = uid.type();
        return type.equals("Action") || type.endsWith("::Action");
    }

    private static void requireAction(EntityUid uid) {
        if (!isAction(uid)) {
            throw new IllegalArgumentException("the scope of an action names actions, not " + uid);
        }
    }
}
