package io.ashlar.authz.engine;

import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.DateTime;
import com.cedarpolicy.value.Decimal;
import com.cedarpolicy.value.Duration;
import com.cedarpolicy.value.EntityIdentifier;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.IpAddress;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.PolicyEngineException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Our values as cedar-java's. */
final class CedarNative {

    /** Parsing a type name is a call into native code; the names in use are few. */
    private static final Map<String, EntityTypeName> TYPE_NAMES = new ConcurrentHashMap<>();

    private static final int TYPE_NAMES_MAX = 1_000;

    private CedarNative() {}

    static EntityUID uid(EntityUid uid) {
        return new EntityUID(typeName(uid.type()), new EntityIdentifier(uid.id()));
    }

    private static EntityTypeName typeName(String type) {
        EntityTypeName known = TYPE_NAMES.get(type);
        if (known != null) {
            return known;
        }
        EntityTypeName parsed = EntityTypeName.parse(type)
                .orElseThrow(() -> new PolicyEngineException("not a Cedar type name: " + type));
        if (TYPE_NAMES.size() < TYPE_NAMES_MAX) {
            TYPE_NAMES.put(type, parsed);
        }
        return parsed;
    }

    static com.cedarpolicy.model.entity.Entity entity(Entity entity) {
        Set<EntityUID> parents = new HashSet<>();
        entity.parents().forEach(parent -> parents.add(uid(parent)));
        return new com.cedarpolicy.model.entity.Entity(uid(entity.uid()), values(entity.attributes()), parents);
    }

    static Map<String, Value> values(Map<String, CedarValue> values) {
        Map<String, Value> out = new HashMap<>();
        values.forEach((name, value) -> out.put(name, value(value)));
        return out;
    }

    private static Value value(CedarValue value) {
        return switch (value) {
            case CedarValue.Text(String text) -> new PrimString(text);
            case CedarValue.Whole(long number) -> new PrimLong(number);
            case CedarValue.Flag(boolean flag) -> new PrimBool(flag);
            case CedarValue.Reference(EntityUid uid) -> uid(uid);
            case CedarValue.SetOf(Set<CedarValue> values) -> {
                List<Value> list = new ArrayList<>(values.size());
                values.forEach(inner -> list.add(value(inner)));
                yield new CedarList(list);
            }
            case CedarValue.Fields(Map<String, CedarValue> values) -> new CedarMap(values(values));
            case CedarValue.Extension(String function, String argument) -> extension(function, argument);
        };
    }

    private static Value extension(String function, String argument) {
        try {
            return switch (function) {
                case "ip" -> new IpAddress(argument);
                case "decimal" -> new Decimal(argument);
                case "datetime" -> new DateTime(argument);
                case "duration" -> new Duration(argument);
                default -> throw new PolicyEngineException("no extension function " + function);
            };
        } catch (IllegalArgumentException e) {
            throw new PolicyEngineException("not a value of " + function, e);
        }
    }
}
