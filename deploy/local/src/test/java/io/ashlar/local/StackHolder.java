package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program for {@link WatchdogIT}: starts a stack, says so, and waits to be killed. */
final class StackHolder {

    private StackHolder() {}

    public static void main(String[] args) throws InterruptedException {
        // What is kept ends in order, where Kafka is the slowest; what is not is killed, and one JVM is like another.
        boolean keepData = Boolean.parseBoolean(args[1]);
        Server[] servers = keepData
                ? new Server[] {Server.DATA_REPLICA_1, Server.KAFKA, Server.REDIS, Server.S3, Server.OIDC}
                : new Server[] {Server.DATA_REPLICA_1, Server.REDIS, Server.OIDC};
        StackOptions options =
                StackOptions.tests(servers).withDirectory(Path.of(args[0])).withKeepData(keepData);
        try (Stack stack = Stack.start(options)) {
            System.out.println("ready " + stack.directory());
            new CountDownLatch(1).await();
        }
    }
}
