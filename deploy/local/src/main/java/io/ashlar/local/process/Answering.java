package io.ashlar.local.process;

/** A server as its clients see it, wherever it runs. */
public interface Answering {

    /** Whether the server answers as it should; an exception counts as no. */
    boolean ready() throws Exception;

    /** What is made in the answering server (databases, roles, topics); harmless when repeated. */
    default void provision() throws Exception {}
}
