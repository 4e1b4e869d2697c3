package io.ashlar.authz.decision;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.Evaluation;
import io.ashlar.authz.client.EvaluationJson;
import io.ashlar.authz.client.RecordedInputs;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.cedar.EntityUid;
import io.ashlar.guard.identity.Caller;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask about whom: a service that acts for a user, about anybody in that user's tenant; a user about themselves, and about
 * others with the permission {@code principal.read}.
 */
final class AskingRight {

    private static final String MAY_READ = "principal.read";

    private final Decisions.Sitting sitting;
    private final EntityUid self;
    private @Nullable Boolean aboutOthers;

    /** Of the caller; whether others may be asked about is decided once, when it is first needed. Not thread-safe. */
    AskingRight(Decisions.Sitting sitting) {
        this.sitting = sitting;
        this.self = self(sitting.caller());
    }

    /** Whether the caller may ask about the subject, whatever the policies say. */
    static boolean isPlain(Caller caller, EntityUid subject) {
        return caller.actingService() != null || subject.equals(self(caller));
    }

    private static EntityUid self(Caller caller) {
        return new EntityUid("User", caller.subject());
    }

    boolean covers(EntityUid subject) {
        return subject.equals(self) || coversAll();
    }

    /** Whether the caller may ask about anybody. */
    boolean coversAll() {
        if (sitting.caller().actingService() != null) {
            return true;
        }
        if (aboutOthers == null) {
            aboutOthers = sitting.decide(mayRead()).decision().allowed();
        }
        return aboutOthers;
    }

    void require(EntityUid subject) {
        if (!covers(subject)) {
            throw refusal();
        }
    }

    void requireAll() {
        if (!coversAll()) {
            throw refusal();
        }
    }

    private Question mayRead() {
        String tenant = sitting.caller().requireTenant().toString();
        Evaluation asked =
                new Evaluation(EntityRef.user(self.id()), MAY_READ, new EntityRef("Tenant", tenant), Map.of());
        return new Question(
                self,
                Map.of(),
                new EntityUid("Action", MAY_READ),
                new EntityUid("Tenant", tenant),
                Map.of(),
                Map.of(),
                RecordedInputs.of(EvaluationJson.write(asked)));
    }

    private static ProblemException refusal() {
        return new ProblemException(DoorError.FORBIDDEN, "the caller may ask about themselves only");
    }
}
