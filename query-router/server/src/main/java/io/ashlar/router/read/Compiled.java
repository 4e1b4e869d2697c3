package io.ashlar.router.read;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.AggregateSpec;
import io.ashlar.filter.dsl.CheckedAggregate;
import io.ashlar.filter.dsl.PageSpec;
import io.ashlar.filter.dsl.RowScope;
import io.ashlar.filter.dsl.SqlCompiler;
import io.ashlar.filter.dsl.Statement;
import io.ashlar.filter.dsl.StreamSpec;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.router.RouterError;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sealed queries as statements. A seal is genuine, but its dataset may be older than the code: then it is refused. The same
 * shapes come again and again with other values, whoever's they are: their texts are remembered.
 */
public final class Compiled {

    private static final SqlCompiler COMPILER = SqlCompiler.remembering();

    private Compiled() {}

    /** In parts, of which each is run only if those before it bring too few rows. */
    static List<Statement> page(SealedQuery query) {
        return checked(() -> COMPILER.pageInParts(
                new PageSpec(scope(query), query.sort(), query.fields(), query.limit(), query.position())));
    }

    static Statement count(SealedQuery query) {
        return checked(() -> COMPILER.count(scope(query)));
    }

    static Statement aggregate(SealedQuery query) {
        return checked(() -> {
            CheckedAggregate aggregate = query.aggregate();
            if (aggregate == null) {
                throw new IllegalArgumentException("nothing is grouped");
            }
            return COMPILER.aggregate(new AggregateSpec(scope(query), aggregate, query.position()));
        });
    }

    /** What an explanation explains. */
    static Statement explained(SealedQuery explanation) {
        SealedQuery query = explanation.explained();
        return switch (query.op()) {
            case PAGE -> page(query).getFirst();
            case COUNT -> count(query);
            case STREAM -> stream(query);
            case AGGREGATE -> aggregate(query);
            case DESCRIBE, EXPLAIN -> throw new IllegalStateException("nothing to explain in " + query.op());
        };
    }

    /** All rows of a sealed stream. */
    public static Statement stream(SealedQuery query) {
        return checked(() -> COMPILER.stream(new StreamSpec(scope(query), query.sort(), query.fields())));
    }

    private static RowScope scope(SealedQuery query) {
        return new RowScope(query.dataset(), query.tenant(), query.filter());
    }

    private static <T> T checked(Supplier<T> compile) {
        try {
            return compile.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    RouterError.QUERY_FAILED, "The sealed query does not fit its dataset: " + e.getMessage());
        }
    }
}
