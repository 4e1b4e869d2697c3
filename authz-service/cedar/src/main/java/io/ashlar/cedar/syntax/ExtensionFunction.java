package io.ashlar.cedar.syntax;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The functions of Cedar's extension types: constructors are called by name, the others on a value. */
public enum ExtensionFunction {
    IP("ip", false),
    DECIMAL("decimal", false),
    DATETIME("datetime", false),
    DURATION("duration", false),
    LESS_THAN("lessThan", true),
    LESS_THAN_OR_EQUAL("lessThanOrEqual", true),
    GREATER_THAN("greaterThan", true),
    GREATER_THAN_OR_EQUAL("greaterThanOrEqual", true),
    IS_IPV4("isIpv4", true),
    IS_IPV6("isIpv6", true),
    IS_LOOPBACK("isLoopback", true),
    IS_MULTICAST("isMulticast", true),
    IS_IN_RANGE("isInRange", true),
    OFFSET("offset", true),
    DURATION_SINCE("durationSince", true),
    TO_DATE("toDate", true),
    TO_TIME("toTime", true),
    TO_MILLISECONDS("toMilliseconds", true),
    TO_SECONDS("toSeconds", true),
    TO_MINUTES("toMinutes", true),
    TO_HOURS("toHours", true),
    TO_DAYS("toDays", true);

    private static final Map<String, ExtensionFunction> BY_NAME = byName();

    private final String text;
    private final boolean method;

    ExtensionFunction(String text, boolean method) {
        this.text = text;
        this.method = method;
    }

    /** Its name in policies and in JSON. */
    public String text() {
        return text;
    }

    /** Whether it is called on a value, {@code a.isIpv4()}; the receiver is then the first argument. */
    public boolean isMethod() {
        return method;
    }

    /** The function of that name. */
    public static Optional<ExtensionFunction> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, ExtensionFunction> byName() {
        Map<String, ExtensionFunction> functions = new HashMap<>();
        for (ExtensionFunction function : values()) {
            functions.put(function.text, function);
        }
        return Map.copyOf(functions);
    }
}
