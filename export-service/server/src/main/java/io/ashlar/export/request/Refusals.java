package io.ashlar.export.request;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ErrorCode;
import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.export.ExportError;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a refused request is answered with. */
final class Refusals {

    private static final String RESOLVE_PREFIX = "/query";

    private Refusals() {}

    /** Faults of the body: one of our own codes if that is all there is to say, else {@code invalid_request}. */
    static ProblemException of(List<Fault> faults) {
        List<String> codes = faults.stream().map(Fault::code).distinct().toList();
        if (codes.equals(List.of(FaultCode.MALFORMED_JSON))) {
            return new ProblemException(DoorError.MALFORMED_JSON, "the body is not JSON", faults);
        }
        if (codes.size() == 1) {
            Optional<ExportError> own = Arrays.stream(ExportError.values())
                    .filter(error -> error.code().equals(codes.getFirst()))
                    .findFirst();
            if (own.isPresent()) {
                return new ProblemException(own.get(), faults.getFirst().detail(), faults);
            }
        }
        return new ProblemException(
                DoorError.INVALID_REQUEST,
                faults.size() == 1 ? faults.getFirst().detail() : faults.size() + " faults were found",
                faults);
    }

    /** One fault with a code of our own. */
    static ProblemException of(ExportError error, String pointer, String detail) {
        return new ProblemException(error, detail, List.of(new Fault(error.code(), pointer, detail)));
    }

    /**
     * What filter-service refused is the caller's fault and told with filter's faults; that it cannot answer is not, and thrown
     * on.
     */
    static RuntimeException of(CallFailedException failed, String source) {
        Problem problem = failed.problem();
        if (problem == null || failed.status() >= 500 || failed.status() == 401) {
            return failed;
        }
        if (problem.code().equals(FilterError.UNKNOWN_DATASET.code())) {
            return of(ExportError.UNKNOWN_SOURCE, "/source", "There is no data set " + source + ".");
        }
        Optional<ErrorCode> known = Stream.<ErrorCode[]>of(FilterError.values(), DoorError.values())
                .flatMap(Arrays::stream)
                .filter(error -> error.code().equals(problem.code()))
                .findFirst();
        return new ProblemException(
                known.orElse(DoorError.INVALID_REQUEST),
                problem.detail(),
                problem.errors().stream().map(Refusals::lifted).toList());
    }

    /** The query is the caller's whole body here, and a member of the body that was sent to filter-service. */
    private static Fault lifted(Fault fault) {
        return fault.moved(
                pointer -> pointer.startsWith(RESOLVE_PREFIX) ? pointer.substring(RESOLVE_PREFIX.length()) : pointer);
    }
}
