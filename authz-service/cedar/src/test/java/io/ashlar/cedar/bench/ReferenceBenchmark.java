package io.ashlar.cedar.bench;

import io.ashlar.cedar.oracle.Oracle;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same checks by cedar-java, at its best: policies parsed before and kept on the native side, entities and requests made
 * before. JMH extends this class, hence neither final nor package-private.
 */
@State(Scope.Thread)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReferenceBenchmark {

    private final Oracle oracle = Oracle.of(Trial.policies(Trial.POLICIES), Trial.entities());
    private final List<Oracle.Question> requests =
            Trial.requests().stream().map(Oracle::question).toList();
    private int next;

    /** For JMH. */
    public ReferenceBenchmark() {}

    /** All entities are known before. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    public Object check() {
        next = (next + 1) % Trial.REQUESTS;
        return oracle.ask(requests.get(next));
    }
}
