package io.ashlar.cedar.syntax;

/**
 * What is read at most. The bounds keep every later walk over a tree within half an ordinary thread's stack and a policy's cost
 * within reason; they are far above what people write.
 */
public final class Limits {

    /** Longest text of one policy or policy set, in UTF-16 characters. */
    public static final int TEXT_LENGTH_MAX = 8 * 1024 * 1024;

    /** Longest string, pattern or name inside a policy, in UTF-16 characters. */
    public static final int STRING_LENGTH_MAX = 64 * 1024;

    /** Deepest nesting of expressions. */
    public static final int DEPTH_MAX = 100;

    /** Most nodes in the conditions of one policy. */
    public static final int NODES_MAX = 20_000;

    /** Most operands of one chain of {@code &&} or {@code ||}. */
    public static final int OPERANDS_MAX = 1_000;

    /** Most policies, templates and links in one set. */
    public static final int POLICIES_MAX = 100_000;

    private Limits() {}
}
