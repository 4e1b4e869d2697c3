package io.ashlar.authz.planning;

import io.ashlar.filter.dsl.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a condition over rows: for which it is true and for which it is false, both without an error. For the
 * others the evaluation fails.
 *
 * <p>{@code D = T ∨ F} is carried along because the language's short circuits are smaller in it: where {@code a} is true,
 * {@code a || b} is, so {@code T(a) ∨ (F(a) ∧ T(b))} is {@code T(a) ∨ (D(a) ∧ T(b))}.
 *
 * @param isTrue T
 * @param isFalse F, disjoint from T
 * @param isDefined D, T and F together
 */
record Formula(Filter isTrue, Filter isFalse, Filter isDefined) {

    static final Formula TRUE = new Formula(Filter.all(), Filter.none(), Filter.all());
    static final Formula FALSE = new Formula(Filter.none(), Filter.all(), Filter.all());

    /** Fails for every row: an operator on values of the wrong kind, an attribute that the principal lacks. */
    static final Formula ERROR = new Formula(Filter.none(), Filter.none(), Filter.none());

    static Formula of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** True or false for every row that has the attribute. */
    static Formula of(String path, Filter isTrue, Filter isFalse) {
        return new Formula(isTrue, isFalse, Filters.present(path));
    }

    /** The same for every row for which it is defined at all. */
    static Formula constant(Filter isDefined, boolean value) {
        return value
                ? new Formula(isDefined, Filter.none(), isDefined)
                : new Formula(Filter.none(), isDefined, isDefined);
    }

    /** Never fails. */
    static Formula total(Filter isTrue) {
        return new Formula(isTrue, Filters.not(isTrue), Filter.all());
    }

    Formula not() {
        return new Formula(/* isTrue= */ isFalse, /* isFalse= */ isTrue, isDefined);
    }

    boolean isNeverTrue() {
        return Filters.isNone(isTrue);
    }

    boolean isNeverFalse() {
        return Filters.isNone(isFalse);
    }

    /** {@code a && b && …}: each is read only where all before it are true. */
    static Formula all(List<Formula> operands) {
        List<Formula> negated = operands.stream().map(Formula::not).toList();
        return any(negated).not();
    }

    /** {@code a || b || …}: each is read only where all before it are false. */
    static Formula any(List<Formula> operands) {
        List<Filter> trues = new ArrayList<>();
        List<Filter> falses = new ArrayList<>();
        List<Filter> defined = new ArrayList<>();
        Filter before = Filter.all();
        for (int i = 0; i < operands.size(); i++) {
            Formula operand = operands.get(i);
            Filter isTrue = Filters.and(before, operand.isTrue);
            trues.add(isTrue);
            falses.add(operand.isFalse);
            // Where the last is defined, or one of the others is true.
            defined.add(i + 1 == operands.size() ? Filters.and(before, operand.isDefined) : isTrue);
            before = Filters.and(before, operand.isDefined);
        }
        Filter all = Filters.and(falses);
        boolean shared =
                operands.stream().allMatch(operand -> covers(operands.getFirst().isDefined, operand.isDefined));
        return new Formula(Filters.or(trues), all, shared ? operands.getFirst().isDefined : Filters.or(defined));
    }

    /** Whether {@code wide} holds wherever {@code narrow} does, seen without thinking: it asks for nothing more. */
    private static boolean covers(Filter narrow, Filter wide) {
        return Filters.conjuncts(narrow).containsAll(Filters.conjuncts(wide));
    }

    /** True iff some operand is, where all are read: elements of a set. */
    static Formula anyOfAll(List<Formula> operands) {
        Filter isDefined = Filters.and(operands.stream().map(Formula::isDefined).toList());
        Filter some = Filters.or(operands.stream().map(Formula::isTrue).toList());
        return new Formula(
                Filters.and(isDefined, some),
                Filters.and(operands.stream().map(Formula::isFalse).toList()),
                isDefined);
    }

    /** True iff every operand is, where all are read. */
    static Formula everyOfAll(List<Formula> operands) {
        return anyOfAll(operands.stream().map(Formula::not).toList()).not();
    }

    /** {@code if this then one else other}: one of the two is read. */
    Formula choose(Formula one, Formula other) {
        return new Formula(
                either(one.isTrue, other.isTrue),
                either(one.isFalse, other.isFalse),
                either(one.isDefined, other.isDefined));
    }

    /** Rows that pass the one where this is true, and the other where it is false. */
    Filter either(Filter one, Filter other) {
        return Filters.or(Filters.and(isTrue, one), Filters.and(isFalse, other));
    }

    /** The same where a filter holds; elsewhere it fails. */
    Formula where(Filter filter) {
        return new Formula(Filters.and(filter, isTrue), Filters.and(filter, isFalse), Filters.and(filter, isDefined));
    }

    int size(int max) {
        return Math.max(Filters.size(isTrue, max), Math.max(Filters.size(isFalse, max), Filters.size(isDefined, max)));
    }
}
