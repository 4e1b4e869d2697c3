package io.ashlar.router.client;

import io.ashlar.authz.problem.Problem;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.router.RouterError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The numbers of a refusal {@code query_too_costly}: the planner's guess and what it was held against. On the wire each is
 * an element of {@code errors[]} whose detail is a whole number.
 *
 * @param estimatedCost in the planner's unit
 * @param estimatedRows that the statement would have returned
 * @param ceiling in the planner's unit
 */
public record TooCostly(double estimatedCost, double estimatedRows, double ceiling) {

    private static final String COST = "estimated_cost";
    private static final String ROWS = "estimated_rows";
    private static final String CEILING = "cost_ceiling";

    /** As {@code errors[]} has them. */
    public List<Fault> faults() {
        return List.of(fault(COST, estimatedCost), fault(ROWS, estimatedRows), fault(CEILING, ceiling));
    }

    /** The numbers of a problem; empty if it is another one. */
    public static Optional<TooCostly> of(Problem problem) {
        OptionalDouble cost = number(problem, COST);
        OptionalDouble rows = number(problem, ROWS);
        OptionalDouble ceiling = number(problem, CEILING);
        boolean whole = problem.code().equals(RouterError.QUERY_TOO_COSTLY.code())
                && cost.isPresent()
                && rows.isPresent()
                && ceiling.isPresent();
        return whole
                ? Optional.of(new TooCostly(cost.getAsDouble(), rows.getAsDouble(), ceiling.getAsDouble()))
                : Optional.empty();
    }

    private static Fault fault(String code, double number) {
        return new Fault(
                code,
                "",
                BigDecimal.valueOf(number).setScale(0, RoundingMode.HALF_UP).toPlainString());
    }

    private static OptionalDouble number(Problem problem, String code) {
        return problem.errors().stream()
                .filter(fault -> fault.code().equals(code) && fault.detail().matches("[0-9]{1,300}"))
                .mapToDouble(fault -> Double.parseDouble(fault.detail()))
                .findFirst();
    }
}
