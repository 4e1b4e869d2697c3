package io.ashlar.authz.audit;

import java.util.List;

/** Where the spool's records go. Called by one thread. */
public interface AuditSink extends AutoCloseable {

    /**
     * Delivers records in order and returns when all of them are durable.
     *
     * @throws DeliveryException if that is not known of all of them; the same records will be handed in again
     */
    void deliver(List<SpooledRecord> records) throws DeliveryException, InterruptedException;

    @Override
    void close();

    /** Not all records are known to be durable. */
    final class DeliveryException extends Exception {

        private static final long serialVersionUID = 1L;

        public DeliveryException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
