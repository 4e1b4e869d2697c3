package io.ashlar.export.queue;

/** Work of one nature; lanes never wait for each other. */
public enum Lane {
    /** Exports whose size is not known beforehand. */
    LARGE("large", 1),
    /** Webhook calls. */
    DELIVERY("delivery", 2);

    private final String column;
    private final int lock;

    Lane(String column, int lock) {
        this.column = column;
        this.lock = lock;
    }

    /** Second half of the advisory lock that its claims take. */
    int lock() {
        return lock;
    }

    /** As the queue's table spells it. */
    public String column() {
        return column;
    }
}
