package io.ashlar.filter.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.filter.seal.SealedQuery.Operation;

/** The API of filter-service. Thread-safe; blocks, so call it from virtual threads. Everything here may be repeated. */
public final class FilterClient {

    private final ServiceCall call;

    /** A client over a call that was built for filter-service, with a user's or a service account's token. */
    public FilterClient(ServiceCall call) {
        this.call = call.repeatable();
    }

    private record ResolveBody(JsonNode query, String op) {}

    private record WhyBody(JsonNode key, JsonNode query) {}

    /** The same, for a user; the caller needs the role {@code platform:on-behalf-of}. */
    public FilterClient onBehalfOf(OnBehalfOf user) {
        return new FilterClient(call.onBehalfOf(user));
    }

    /**
     * A page of rows.
     *
     * @param query {@code {"filters":…,"sort":…,"page":{"limit","cursor"},"fields":[…],"tz"}}
     * @throws CallFailedException with the codes of {@link io.ashlar.filter.FilterError}
     */
    public QueryAnswer query(String dataset, JsonNode query, Consistency consistency) {
        return call.consistency(consistency).post(path(dataset) + "/query", query, QueryAnswer.class);
    }

    /**
     * A page of groups.
     *
     * @param query {@code {"filters":…,"aggregate":{"group_by","measures","having"},"sort":…,"page":…,"tz"}}
     * @throws CallFailedException with the codes of {@link io.ashlar.filter.FilterError}
     */
    public GroupsAnswer aggregate(String dataset, JsonNode query, Consistency consistency) {
        return call.consistency(consistency).post(path(dataset) + "/aggregate", query, GroupsAnswer.class);
    }

    /**
     * What a query for rows or groups would be and cost. Nothing is run.
     *
     * @throws CallFailedException with the codes of {@link io.ashlar.filter.FilterError}
     */
    public Explanation explain(String dataset, JsonNode query, Consistency consistency) {
        return call.consistency(consistency).post(path(dataset) + "/explain", query, Explanation.class);
    }

    /**
     * Who gains and who loses which rows by other plans, signed.
     *
     * @param changes {@code {"subjects":[{"subject","before"?,"after"}],"sample"?}}, plans as authz answers them
     * @throws CallFailedException with the codes of {@link io.ashlar.filter.FilterError}
     */
    public ImpactAnswer impact(String dataset, JsonNode changes, Consistency consistency) {
        return call.consistency(consistency).post(path(dataset) + "/impact", changes, ImpactAnswer.class);
    }

    /** The public keys of impacts, a JSON Web Key Set for {@link io.ashlar.filter.impact.ImpactVerifier}. */
    public String impactKeys() {
        return call.get("/api/v1/impact/jwks", JsonNode.class).toString();
    }

    /**
     * Which node of a query's filter keeps one row out.
     *
     * @param key an object with the dataset's key fields, as a row has them
     * @throws CallFailedException with {@code unknown_row} also where the row may not be read
     */
    public WhyAnswer why(String dataset, JsonNode key, JsonNode query, Consistency consistency) {
        return call.consistency(consistency).post(path(dataset) + "/why", new WhyBody(key, query), WhyAnswer.class);
    }

    /**
     * A sealed query for the router; for service accounts acting for a user.
     *
     * @param op {@link Operation#DESCRIBE} cannot be asked for
     * @throws CallFailedException with the codes of {@link io.ashlar.filter.FilterError}
     */
    public Resolved resolve(String dataset, JsonNode query, Operation op) {
        return call.post(path(dataset) + "/resolve", new ResolveBody(query, op.wire()), Resolved.class);
    }

    /** The current version of a dataset, as declared. */
    public JsonNode dataset(String name) {
        return call.get(path(name), JsonNode.class);
    }

    /** Declares a dataset that does not exist, or repeats the declaration of one that does. */
    public JsonNode declare(String name, JsonNode declaration) {
        return call.put(path(name), declaration, JsonNode.class);
    }

    private static String path(String dataset) {
        return "/api/v1/datasets/" + ServiceCall.segment(dataset);
    }
}
