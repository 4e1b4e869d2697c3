package io.ashlar.authz.shared;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.database.SystemDatabase;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.journal.Decided;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.page.IdCursors.Slice;
import io.ashlar.authz.policyset.Document;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.review.PolicyReview;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/** Shared sets, for the platform's operators. Blocks. */
@ApplicationScoped
class SharedStore {

    private static final Logger LOG = Logger.getLogger(SharedStore.class);

    private final SystemDatabase database;
    private final PolicyReview review;
    private final DecisionJournal journal;

    SharedStore(SystemDatabase database, PolicyReview review, DecisionJournal journal) {
        this.database = database;
        this.review = review;
        this.journal = journal;
    }

    /** What was published. */
    record Written(SharedVersion set, boolean created) {}

    static ProblemException notFound() {
        return new ProblemException(DoorError.NOT_FOUND, "there is no such set");
    }

    List<SharedVersion> list(Slice slice) {
        return database.call(connection -> SharedRows.list(connection, slice));
    }

    /** In its newest version, or in the one asked for. */
    SharedVersion find(String id, OptionalLong version) {
        return database.call(connection -> version.isPresent()
                        ? SharedRows.at(connection, id, version.getAsLong())
                        : SharedRows.newest(connection, id))
                .orElseThrow(SharedStore::notFound);
    }

    /** Publishes a set for all tenants that take it; the same again changes nothing. */
    Written put(String actor, SharedVersion wanted, Expected expected) {
        record(actor, wanted);
        PolicySet alone = new PolicySet(
                0,
                wanted.policies(),
                wanted.tests() == null ? Map.of() : Map.of(Document.TESTS, wanted.tests()),
                List.of());
        review.require(alone, wanted.policies().keySet());
        return database.call(connection -> {
            SharedRows.holdAll(connection);
            Optional<SharedVersion> present = SharedRows.newest(connection, wanted.id());
            expected.require(present.map(set -> OptionalLong.of(set.version())).orElse(OptionalLong.empty()));
            if (present.isPresent() && saysTheSame(present.get(), wanted)) {
                return new Written(present.get(), false);
            }
            return new Written(write(connection, actor, wanted, present), present.isEmpty());
        });
    }

    private static SharedVersion write(
            Connection connection, String actor, SharedVersion wanted, Optional<SharedVersion> present)
            throws SQLException {
        long version = present.map(SharedVersion::version).orElse(0L) + 1;
        SharedVersion next = new SharedVersion(
                wanted.id(),
                version,
                wanted.policies(),
                wanted.tests(),
                wanted.mandatory(),
                wanted.reason(),
                actor,
                Instant.EPOCH);
        SharedRows.insert(connection, next);
        int tenants = SharedRows.spread(connection, next);
        LOG.infof("event=shared_set_published set=%s version=%d tenants=%d", wanted.id(), version, tenants);
        return SharedRows.at(connection, wanted.id(), version).orElseThrow();
    }

    private static boolean saysTheSame(SharedVersion present, SharedVersion wanted) {
        return present.policies().equals(wanted.policies())
                && Objects.equals(present.tests(), wanted.tests())
                && present.mandatory() == wanted.mandatory();
    }

    /** An act on the platform: the role was checked at the door. */
    private void record(String actor, SharedVersion wanted) {
        journal.record(new Decided(
                null,
                actor,
                null,
                "policy.publish",
                "SharedPolicySet",
                wanted.id(),
                true,
                List.of("platform:admin"),
                new Versions(0, 0),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("policies", wanted.policies().size())));
    }
}
