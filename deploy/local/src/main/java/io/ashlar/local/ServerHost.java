package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.PostgresNode;
import io.ashlar.local.postgres.PostgresServer;
import io.ashlar.local.process.Answering;
import io.ashlar.local.process.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Where a stack's servers run: in child processes or in containers. Calls on one server are made one at a time. */
interface ServerHost extends AutoCloseable {

    /** The servers of this stack. */
    Set<Server> servers();

    /** A server as its clients see it. */
    Answering answering(Server server);

    /** A PostgreSQL server as its superuser sees it. */
    PostgresNode postgres(Server server);

    /** How a replica reaches a leader from where it runs. */
    PostgresServer.Upstream upstream(Server replica, Server leader);

    /** Starts a server that does not run, on its old data if it has any. */
    Running launch(Server server) throws IOException;

    /** The server, if it runs. */
    Optional<Running> find(Server server);

    /** Where its output goes. */
    Path log(Server server);

    /** Ends what this stack started, and removes what is not kept. */
    @Override
    void close();
}
