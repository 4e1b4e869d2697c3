package io.ashlar.authz.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.EntityUid;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question with one part left open, to be answered by all that fit there.
 *
 * @param kind the open part
 * @param type of what is searched; empty for actions
 * @param subject about whom is asked; null where that is open, or nobody
 * @param possible whether there can be entities of the types named
 * @param fill the whole question with a candidate's id in the open part
 * @param identity of everything but the page: a page's token is good for no other question
 * @param limit results wanted on a page, or null
 * @param token of the page wanted, or null for the first
 * @param inputs the question as it is recorded
 */
record SearchQuestion(
        Kind kind,
        String type,
        @Nullable EntityUid subject,
        boolean possible,
        Function<String, Question> fill,
        String identity,
        @Nullable Integer limit,
        @Nullable String token,
        ObjectNode inputs) {

    /** What can be searched. */
    enum Kind {
        SUBJECT,
        RESOURCE,
        ACTION;

        /** The part's name in a request. */
        String part() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
