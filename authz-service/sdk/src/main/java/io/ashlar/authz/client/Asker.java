package io.ashlar.authz.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.authz.client.DecisionCache.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends questions, each different one once at a time, however many ask it and in whatever batches. A question joins one that is
 * under way only while the change topic is fresh: then both know of the same changes. Thread-safe.
 */
final class Asker implements AutoCloseable {

    /** Questions sent in one call. */
    static final int BATCH_MAX = 50;

    /** How often a decision point is asked again whose answer is older than what the topic has told; and how long between. */
    private static final int ATTEMPTS_MAX = 10;

    private static final long PAUSE_MILLIS = 50;

    private final ServiceCall authz;
    private final DecisionCache cache;
    private final DecisionRecorder recorder;
    private final Counters counters;
    private final ConcurrentMap<CacheKey, CompletableFuture<Decision>> flights = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean batches = true;

    Asker(ServiceCall authz, DecisionCache cache, DecisionRecorder recorder, Counters counters) {
        this.authz = authz;
        this.cache = cache;
        this.recorder = recorder;
        this.counters = counters;
    }

    /** Answers in the order of the questions: out of the cache, by a question that is under way, or by asking. */
    List<Decision> decide(OnBehalfOf user, List<Evaluation> questions, Duration lastKnownMax) {
        // Before the versions are read: what they say then includes all that was committed a second ago.
        boolean fresh = cache.fresh();
        Versions known = cache.known(user.tenant());
        List<CacheKey> keys = new ArrayList<>(questions.size());
        Map<CacheKey, Decision> kept = new LinkedHashMap<>();
        Map<CacheKey, Flight> open = new LinkedHashMap<>();
        for (Evaluation question : questions) {
            CacheKey key =
                    CacheKey.of(user.tenant(), user.subject(), question, known.policyVersion(), known.revision());
            keys.add(key);
            Optional<Decision> found = fresh && known.revision() >= 0 ? cache.find(key) : Optional.empty();
            if (found.isPresent()) {
                kept.put(key, found.get());
            } else if (!open.containsKey(key)) {
                open.put(key, start(key, question, known, fresh));
            }
            // Last: a miss that is counted has joined or begun its question.
            counters.count(found.isPresent(), fresh);
        }
        List<Flight> mine = open.values().stream().filter(Flight::mine).toList();
        send(user, mine, fresh);
        List<Decision> decisions = new ArrayList<>(questions.size());
        Set<CacheKey> told = new HashSet<>();
        for (int i = 0; i < questions.size(); i++) {
            CacheKey key = keys.get(i);
            @Nullable Flight flight = open.get(key);
            Decision decision = flight == null ? kept.get(key) : flight.await();
            boolean recordedByAuthz = flight != null && flight.mine() && told.add(key);
            decisions.add(settle(user, questions.get(i), key, decision, lastKnownMax, recordedByAuthz));
        }
        return decisions;
    }

    private Decision settle(
            OnBehalfOf user,
            Evaluation question,
            CacheKey key,
            Decision decision,
            Duration lastKnownMax,
            boolean recordedByAuthz) {
        if (decision.outcome() != Decision.Outcome.UNAVAILABLE) {
            return recordedByAuthz ? decision : recorder.recorded(user, question, decision);
        }
        Optional<Decision> last = lastKnownMax.isZero() ? Optional.empty() : cache.lastKnown(key, lastKnownMax);
        if (last.isPresent()) {
            counters.lastKnown.increment();
            return recorder.recorded(user, question, last.get());
        }
        counters.unavailable.increment();
        return decision;
    }

    private Flight start(CacheKey key, Evaluation question, Versions known, boolean fresh) {
        CompletableFuture<Decision> mine = new CompletableFuture<>();
        CompletableFuture<Decision> running = fresh ? flights.putIfAbsent(key, mine) : null;
        return running == null
                ? new Flight(key, question, fresh ? known.revision() : -1, mine, true)
                : new Flight(key, question, known.revision(), running, false);
    }

    private void send(OnBehalfOf user, List<Flight> mine, boolean fresh) {
        try {
            List<Flight> open = mine;
            for (int attempt = 0; attempt < ATTEMPTS_MAX && !open.isEmpty() && goesOn(attempt); attempt++) {
                open = sendOnce(user, open, fresh);
            }
            open.forEach(flight -> flight.answer()
                    .complete(Decision.unavailable("the decision point is behind what the change topic told")));
        } finally {
            for (Flight flight : mine) {
                flights.remove(flight.key(), flight.answer());
                // Only where something unforeseen was thrown: nobody may wait for an answer that never comes.
                flight.answer().complete(Decision.unavailable("the question failed"));
            }
        }
    }

    /** Those whose answer was older than what is known here. */
    private List<Flight> sendOnce(OnBehalfOf user, List<Flight> open, boolean fresh) {
        List<Flight> behind = new ArrayList<>();
        for (int from = 0; from < open.size(); from += BATCH_MAX) {
            List<Flight> chunk = open.subList(from, Math.min(open.size(), from + BATCH_MAX));
            List<Decision> answers = ask(
                    authz.onBehalfOf(user), chunk.stream().map(Flight::question).toList());
            for (int i = 0; i < chunk.size(); i++) {
                Flight flight = chunk.get(i);
                Decision answer = answers.get(i);
                if (!flight.isCurrent(answer)) {
                    behind.add(flight);
                    continue;
                }
                if (fresh && answer.outcome() != Decision.Outcome.UNAVAILABLE) {
                    cache.keep(user.tenant(), user.subject(), flight.question(), answer);
                }
                flight.answer().complete(answer);
            }
        }
        return behind;
    }

    private List<Decision> ask(ServiceCall call, List<Evaluation> questions) {
        if (questions.size() > 1 && batches) {
            try {
                JsonNode answer = call.post("/access/v1/evaluations", EvaluationsJson.write(questions), JsonNode.class);
                return EvaluationsJson.read(answer, questions.size())
                        .orElseGet(() -> unavailable(questions, "not an answer to " + questions.size() + " questions"));
            } catch (CallFailedException e) {
                switch (e.status()) {
                    case 404, 405 -> batches = false; // An authz of before it took batches.
                    case 413 -> {
                        // Together they are too large; one by one they may not be.
                    }
                    default -> {
                        return unavailable(questions, why(e));
                    }
                }
            }
        }
        return questions.stream().map(question -> ask(call, question)).toList();
    }

    /** One question by itself. */
    static Decision ask(ServiceCall call, Evaluation question) {
        try {
            return EvaluationJson.readDecision(
                    call.post("/access/v1/evaluation", EvaluationJson.write(question), JsonNode.class));
        } catch (CallFailedException e) {
            return Decision.unavailable(why(e));
        }
    }

    private static List<Decision> unavailable(List<Evaluation> questions, String why) {
        return questions.stream().map(question -> Decision.unavailable(why)).toList();
    }

    private static String why(CallFailedException failure) {
        return failure.getMessage() == null ? failure.reason().name() : failure.getMessage();
    }

    private boolean goesOn(int attempt) {
        if (attempt == 0) {
            return true;
        }
        try {
            return !closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
