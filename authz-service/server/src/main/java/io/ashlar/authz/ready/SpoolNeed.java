package io.ashlar.authz.ready;

import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.guard.ready.Need;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Room in the audit spool: without it nothing can be allowed. */
@ApplicationScoped
class SpoolNeed implements Need {

    private final DecisionJournal journal;

    SpoolNeed(DecisionJournal journal) {
        this.journal = journal;
    }

    @Override
    public String name() {
        return "audit_spool";
    }

    @Override
    public Optional<String> missing() {
        return journal.trouble();
    }
}
