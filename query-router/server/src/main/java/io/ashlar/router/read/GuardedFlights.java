package io.ashlar.router.read;

import io.ashlar.filter.dsl.Statement;
import io.ashlar.router.client.Pool;
import io.ashlar.router.client.TooCostly;
import io.ashlar.router.cost.CostGuard;
import io.ashlar.router.cost.Plan;
import io.ashlar.router.flight.Command;
import io.ashlar.router.flight.Demand;
import io.ashlar.router.flight.Flights;
import io.ashlar.router.flight.Outcome;
import io.ashlar.router.node.Node;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flights that are preceded by one that explains, where nobody knows yet what the statement costs. Thread-safe. */
@Singleton
final class GuardedFlights {

    private final Flights flights;
    private final CostGuard guard;

    GuardedFlights(Flights flights, CostGuard guard) {
        this.flights = flights;
        this.guard = guard;
    }

    /** The rows, if the statement may cost what it would. */
    Outcome<RowSet<Row>> fly(Node node, Pool pool, Demand demand, Statement statement, Duration left)
            throws InterruptedException {
        if (guard.isSure(demand.tenant(), pool, statement.sql())) {
            Outcome<RowSet<Row>> outcome = flights.fly(node, pool, demand, command(statement), left);
            if (outcome instanceof Outcome.TimedOut<RowSet<Row>>) {
                guard.tookTooLong(demand.tenant(), pool, statement.sql());
            }
            return outcome;
        }
        long start = System.nanoTime();
        Outcome<RowSet<Row>> explained = explain(node, pool, demand, statement, left);
        if (!(explained instanceof Outcome.Landed<RowSet<Row>> landed)) {
            return explained;
        }
        Optional<TooCostly> over = guard.judge(demand.tenant(), pool, statement.sql(), plan(landed.value()));
        if (over.isPresent()) {
            return new Outcome.OverCeiling<>(over.get());
        }
        Duration rest = left.minusNanos(System.nanoTime() - start);
        return rest.isPositive()
                ? flights.fly(node, pool, demand, command(statement), rest)
                : new Outcome.Broken<>("deadline");
    }

    /**
     * The rows of the first part and, as long as these are no more than the limit, of the next. What comes later was read
     * later, on the same node: as if it were of the next page.
     */
    Outcome<List<Row>> fly(Node node, Pool pool, Demand demand, List<Statement> parts, int limit, Duration left)
            throws InterruptedException {
        long start = System.nanoTime();
        Outcome<List<Row>> page =
                fly(node, pool, demand, parts.getFirst(), left).map(GuardedFlights::list);
        for (Statement part : parts.subList(1, parts.size())) {
            if (!(page instanceof Outcome.Landed<List<Row>> before)
                    || before.value().size() > limit) {
                return page;
            }
            Duration rest = left.minusNanos(System.nanoTime() - start);
            if (!rest.isPositive()) {
                return new Outcome.Broken<>("deadline");
            }
            page = joined(before, fly(node, pool, demand, part, rest));
        }
        return page;
    }

    private static Outcome<List<Row>> joined(Outcome.Landed<List<Row>> before, Outcome<RowSet<Row>> after) {
        if (!(after instanceof Outcome.Landed<RowSet<Row>> landed)) {
            return after.map(GuardedFlights::list);
        }
        List<Row> rows = new ArrayList<>(before.value());
        landed.value().forEach(rows::add);
        return new Outcome.Landed<>(rows, before.first(), landed.second());
    }

    private static List<Row> list(RowSet<Row> rows) {
        List<Row> list = new ArrayList<>(rows.size());
        rows.forEach(list::add);
        return list;
    }

    /** The plan of the statement, which is not run. */
    Outcome<RowSet<Row>> explain(Node node, Pool pool, Demand demand, Statement statement, Duration left)
            throws InterruptedException {
        return flights.fly(node, pool, demand, command(Plan.explaining(statement)), left);
    }

    /** What {@link #explain} brought. */
    static Plan plan(RowSet<Row> explained) {
        return Plan.of(explained.iterator().next().getJsonArray(0));
    }

    private static Command command(Statement statement) {
        return new Command(statement.sql(), statement.binds());
    }
}
