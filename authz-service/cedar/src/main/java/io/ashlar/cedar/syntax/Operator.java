package io.ashlar.cedar.syntax;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What two operands are combined by; {@code &&} and {@code ||} are not here, for they may leave an operand unread. */
public enum Operator {
    EQUAL("==", Form.RELATION),
    NOT_EQUAL("!=", Form.RELATION),
    LESS("<", Form.RELATION),
    LESS_OR_EQUAL("<=", Form.RELATION),
    GREATER(">", Form.RELATION),
    GREATER_OR_EQUAL(">=", Form.RELATION),
    IN("in", Form.RELATION),
    ADD("+", Form.SUM),
    SUBTRACT("-", Form.SUM),
    MULTIPLY("*", Form.PRODUCT),
    CONTAINS("contains", Form.METHOD),
    CONTAINS_ALL("containsAll", Form.METHOD),
    CONTAINS_ANY("containsAny", Form.METHOD),
    GET_TAG("getTag", Form.METHOD),
    HAS_TAG("hasTag", Form.METHOD);

    /** How it is written. */
    enum Form {
        RELATION,
        SUM,
        PRODUCT,
        METHOD
    }

    private static final Map<String, Operator> BY_TEXT = byText();

    private final String text;
    private final Form form;

    Operator(String text, Form form) {
        this.text = text;
        this.form = form;
    }

    /** Its spelling in policies and in JSON. */
    public String text() {
        return text;
    }

    Form form() {
        return form;
    }

    /** The operator of that spelling. */
    public static Optional<Operator> of(String text) {
        return Optional.ofNullable(BY_TEXT.get(text));
    }

    private static Map<String, Operator> byText() {
        Map<String, Operator> operators = new HashMap<>();
        for (Operator operator : values()) {
            operators.put(operator.text, operator);
        }
        return Map.copyOf(operators);
    }
}
