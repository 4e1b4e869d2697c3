package io.ashlar.authz.problem;

import io.ashlar.filter.dsl.Fault;
import java.util.List;
import java.util.OptionalLong;

/**
 * Ends a request with a problem. Thrown by resources and logic, rendered by the guard; never caught to go on.
 * It carries no stack trace below its own frame: a refusal is an answer, not a failure of the program.
 */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final long retryAfterSeconds;

    public ProblemException(ErrorCode error, String detail) {
        this(error, detail, List.of());
    }

    public ProblemException(ErrorCode error, String detail, List<Fault> errors) {
        this(Problem.of(error, detail, errors), -1);
    }

    private ProblemException(Problem problem, long retryAfterSeconds) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The same refusal, telling the client when to come back ({@code Retry-After}). */
    public ProblemException retryAfter(long seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("retry after " + seconds + " seconds");
        }
        return new ProblemException(problem, seconds);
    }

    public Problem problem() {
        return problem;
    }

    public OptionalLong retryAfterSeconds() {
        return retryAfterSeconds < 0 ? OptionalLong.empty() : OptionalLong.of(retryAfterSeconds);
    }
}
