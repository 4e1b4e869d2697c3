package io.ashlar.authz.change;

/** Who acts on the change topic. Called by the feed's one thread, in the topic's order; must not block for long. */
public interface ChangeListener {

    /** The next to be handed over is the one at {@code next} or later; called before the one ahead of it is, and before joining. */
    default void reached(long next) {}

    /** Reading begins at this offset: what was told before it is not handed over. */
    default void joined(long offset) {}

    /** A change or a tick. */
    void accept(ChangeMessage message);

    /** Changes may be missed from now on, until it is {@link #joined} again. */
    void lost();
}
