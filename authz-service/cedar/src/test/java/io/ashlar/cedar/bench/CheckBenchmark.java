package io.ashlar.cedar.bench;

import io.ashlar.cedar.Mode;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.EntityStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One check by one thread: 64 different requests by turns over 20 entities, with 50 policies, and with 9,950 more about others.
 * JMH extends this class, hence neither final nor package-private.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CheckBenchmark {

    @Param({"50", "10000"})
    private int policies;

    private CompiledPolicySet compiled = CompiledPolicySet.of(PolicyParser.policySet(""));
    private EntityStore store = EntityStore.EMPTY;
    private EntityStore tenant = EntityStore.EMPTY;
    private List<List<EntityFacts>> facts = List.of();
    private List<Request> requests = List.of();
    private int next;

    /** For JMH. */
    public CheckBenchmark() {}

    /** Compiles. */
    @Setup
    public void compile() {
        compiled = CompiledPolicySet.of(PolicyParser.policySet(Trial.policies(policies)));
        List<EntityFacts> entities = Trial.entities();
        store = EntityStore.of(entities);
        tenant = EntityStore.of(entities.stream()
                .filter(entity -> !entity.uid().type().equals("Doc"))
                .toList());
        requests = Trial.requests();
        facts = requests.stream()
                .map(request -> entities.stream()
                        .filter(entity -> entity.uid().equals(request.resource()))
                        .toList())
                .toList();
    }

    /** All entities are known before. */
    @Benchmark
    @BenchmarkMode({org.openjdk.jmh.annotations.Mode.SampleTime, org.openjdk.jmh.annotations.Mode.Throughput})
    public Object check() {
        return compiled.decide(requests.get(turn()), store, Mode.STRICT);
    }

    /** The resource's facts come with the request. */
    @Benchmark
    @BenchmarkMode(org.openjdk.jmh.annotations.Mode.Throughput)
    public Object checkWithFactsOfTheRequest() {
        int turn = turn();
        return compiled.decide(requests.get(turn), tenant.with(facts.get(turn)), Mode.STRICT);
    }

    private int turn() {
        next = (next + 1) % Trial.REQUESTS;
        return next;
    }
}
