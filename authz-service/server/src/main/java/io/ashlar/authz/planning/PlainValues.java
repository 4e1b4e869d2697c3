package io.ashlar.authz.planning;

import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.value.Datetime;
import io.ashlar.cedar.value.Decimal;
import io.ashlar.cedar.value.Duration;
import io.ashlar.cedar.value.IpRange;
import io.ashlar.cedar.value.KnownEntity;
import io.ashlar.cedar.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Attributes of a stored entity as they were handed in. */
public final class PlainValues {

    private PlainValues() {}

    /** Of an entity that is not known there are none. */
    public static Map<String, CedarValue> of(@Nullable KnownEntity entity) {
        return entity == null ? Map.of() : of(entity.attributes());
    }

    private static Map<String, CedarValue> of(Map<String, Value> values) {
        Map<String, CedarValue> plain = new HashMap<>();
        values.forEach((name, value) -> plain.put(name, of(value)));
        return plain;
    }

    private static CedarValue of(Value value) {
        return switch (value) {
            case Value.Text(String text) -> new CedarValue.Text(text);
            case Value.Whole(long number) -> new CedarValue.Whole(number);
            case Value.Flag(boolean flag) -> new CedarValue.Flag(flag);
            case Value.Reference(var uid) -> new CedarValue.Reference(uid);
            case Value.SetOf(Set<Value> values) ->
                new CedarValue.SetOf(values.stream().map(PlainValues::of).collect(Collectors.toSet()));
            case Value.Fields(Map<String, Value> values) -> new CedarValue.Fields(of(values));
            case Decimal decimal -> new CedarValue.Extension("decimal", decimal.text());
            case Datetime datetime -> new CedarValue.Extension("datetime", datetime.text());
            case Duration duration -> new CedarValue.Extension("duration", duration.text());
            case IpRange ip -> new CedarValue.Extension("ip", ip.text());
        };
    }
}
