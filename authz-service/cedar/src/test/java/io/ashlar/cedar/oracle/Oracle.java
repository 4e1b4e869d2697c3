package io.ashlar.cedar.oracle;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.DateTime;
import com.cedarpolicy.value.EntityIdentifier;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.IpAddress;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.Duration;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.IpRange;
import io.ashlar.cedar.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What cedar-java decides, from our values. */
public final class Oracle {

    private static final BasicAuthorizationEngine ENGINE = new BasicAuthorizationEngine();
    private static final Map<String, EntityTypeName> TYPES = new HashMap<>();

    private final PolicySet policies;
    private final Set<Entity> entities;

    /** An answer, as far as engines must agree. */
    public record Verdict(boolean allowed, Set<String> determining, Set<String> failed) {}

    public Oracle(PolicySet policies, Collection<EntityFacts> entities) {
        this.policies = policies;
        this.entities = entities.stream().map(Oracle::entity).collect(Collectors.toSet());
    }

    static PolicySet parse(String text) {
        try {
            return PolicySet.parsePolicies(text);
        } catch (InternalException e) {
            throw new IllegalStateException("the reference does not read " + text, e);
        }
    }

    /** Parsed once and kept on the native side, until the set is collected. */
    static PolicySet cached(PolicySet policies) {
        try {
            policies.cache();
            return policies;
        } catch (CacheException e) {
            throw new IllegalStateException("the reference keeps no more policies", e);
        }
    }

    /** A request in the reference's own terms. */
    public record Question(AuthorizationRequest asked) {}

    /** One that decides by policies of this text, kept parsed. */
    public static Oracle of(String policies, Collection<EntityFacts> entities) {
        return new Oracle(cached(parse(policies)), entities);
    }

    /** The same request in the reference's terms. */
    public static Question question(Request request) {
        return new Question(new AuthorizationRequest(
                uid(request.principal()),
                uid(request.action()),
                uid(request.resource()),
                values(request.context().values())));
    }

    public Verdict decide(Request request) {
        return ask(question(request));
    }

    public Verdict ask(Question question) {
        try {
            AuthorizationResponse response = ENGINE.isAuthorized(question.asked(), policies, entities);
            AuthorizationSuccessResponse answer = response.success.orElseThrow(() ->
                    new IllegalStateException("the reference does not decide: " + response.errors + " " + question));
            Set<String> failed = answer.getErrors().stream()
                    .map(AuthorizationSuccessResponse.AuthorizationError::getPolicyId)
                    .collect(Collectors.toSet());
            return new Verdict(answer.isAllowed(), Set.copyOf(answer.getReason()), failed);
        } catch (AuthException e) {
            throw new IllegalStateException("the reference does not decide " + question, e);
        }
    }

    static EntityUID uid(EntityUid uid) {
        EntityTypeName type = TYPES.computeIfAbsent(
                uid.type(), name -> EntityTypeName.parse(name).orElseThrow());
        return new EntityUID(type, new EntityIdentifier(uid.id()));
    }

    private static Entity entity(EntityFacts facts) {
        Set<EntityUID> parents = facts.parents().stream().map(Oracle::uid).collect(Collectors.toSet());
        return new Entity(uid(facts.uid()), values(facts.attributes()), new HashSet<>(parents), values(facts.tags()));
    }

    private static Map<String, com.cedarpolicy.value.Value> values(Map<String, Value> values) {
        Map<String, com.cedarpolicy.value.Value> out = new HashMap<>();
        values.forEach((name, value) -> out.put(name, value(value)));
        return out;
    }

    private static com.cedarpolicy.value.Value value(Value value) {
        return switch (value) {
            case Value.Flag(boolean flag) -> new PrimBool(flag);
            case Value.Whole(long number) -> new PrimLong(number);
            case Value.Text(String text) -> new PrimString(text);
            case Value.Reference(EntityUid uid) -> uid(uid);
            case Value.SetOf(Set<Value> elements) -> {
                List<com.cedarpolicy.value.Value> list = new ArrayList<>();
                elements.forEach(element -> list.add(value(element)));
                yield new CedarList(list);
            }
            case Value.Fields(Map<String, Value> fields) -> new CedarMap(values(fields));
            case Decimal decimal -> new com.cedarpolicy.value.Decimal(decimal.text());
            case Datetime datetime -> new DateTime(datetime.text());
            case Duration duration -> new com.cedarpolicy.value.Duration(duration.text());
            case IpRange ip -> new IpAddress(ip.text());
        };
    }
}
