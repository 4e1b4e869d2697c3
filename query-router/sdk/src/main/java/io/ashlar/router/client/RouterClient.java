package io.ashlar.router.client;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.ServiceCall;
import java.io.IOException;
import java.io.InputStream;

/** The router's API. Thread-safe; blocks, so call it from virtual threads. Reads are repeated when that may help. */
public final class RouterClient {

    private final ServiceCall call;

    /** A client over a call that was built for the router, with the bearer token of a service account. */
    public RouterClient(ServiceCall call) {
        this.call = call.repeatable();
    }

    private record Body(String sealed) {}

    /**
     * A page, from the API connections.
     *
     * @throws CallFailedException with the router's problem, if it gave one
     */
    public PageAnswer page(String sealed, Consistency consistency) {
        return page(sealed, consistency, Pool.API);
    }

    /** A page from the connections that {@code pool} names. */
    public PageAnswer page(String sealed, Consistency consistency, Pool pool) {
        return with(consistency, pool).post("/api/v1/page", new Body(sealed), PageAnswer.class);
    }

    public CountAnswer count(String sealed, Consistency consistency) {
        return with(consistency, Pool.API).post("/api/v1/count", new Body(sealed), CountAnswer.class);
    }

    /** A page of groups, from the API connections. */
    public AggregateAnswer aggregate(String sealed, Consistency consistency) {
        return with(consistency, Pool.API).post("/api/v1/aggregate", new Body(sealed), AggregateAnswer.class);
    }

    /** What the store expects of the sealed read. Nothing is run. */
    public ExplainAnswer explain(String sealed, Consistency consistency) {
        return with(consistency, Pool.API).post("/api/v1/explain", new Body(sealed), ExplainAnswer.class);
    }

    public DescribeAnswer describe(String sealed, Consistency consistency) {
        return with(consistency, Pool.API).post("/api/v1/describe", new Body(sealed), DescribeAnswer.class);
    }

    /**
     * All rows, from the job connections. Not repeated: whoever reads starts again with a new seal.
     *
     * @throws IncompleteStreamException if not even the header comes
     */
    public RowStream stream(String sealed, Consistency consistency) throws IOException {
        InputStream in = with(consistency, Pool.JOB).postStream("/api/v1/stream", new Body(sealed));
        try {
            return new RowStream(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private ServiceCall with(Consistency consistency, Pool pool) {
        return call.consistency(consistency).header(Pool.HEADER, pool.wire());
    }
}
