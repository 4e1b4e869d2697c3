package io.ashlar.filter.dsl;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A comparison with a decimal constant as a store with 28 digits before the point and 10 after it can make it. A
 * constant that lies between two such decimals, or beyond all, is replaced by its neighbour, and the comparison by the
 * one that then means the same; the store's own rounding would change the rows.
 *
 * @param value null where no row can hold
 */
record DecimalFit(Op op, @Nullable BigDecimal value) {

    private static final int SCALE = 10;
    private static final BigDecimal MAX =
            BigDecimal.ONE.movePointRight(28).subtract(BigDecimal.ONE.movePointLeft(SCALE));
    private static final BigDecimal MIN = MAX.negate();

    static boolean fits(BigDecimal constant) {
        return constant.scale() <= SCALE && constant.compareTo(MIN) >= 0 && constant.compareTo(MAX) <= 0;
    }

    /** @param op eq, gt, gte, lt or lte */
    static DecimalFit of(Op op, BigDecimal constant) {
        if (fits(constant)) {
            return new DecimalFit(op, constant);
        }
        boolean up = op == Op.GT || op == Op.GTE;
        if (op == Op.EQ) {
            return new DecimalFit(op, null);
        } else if (constant.compareTo(MIN) < 0) {
            return new DecimalFit(up ? Op.GTE : Op.LT, MIN);
        }
        BigDecimal below = constant.compareTo(MAX) > 0 ? MAX : constant.setScale(SCALE, RoundingMode.FLOOR);
        return new DecimalFit(up ? Op.GT : Op.LTE, below);
    }
}
