package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program for {@link WatchdogIT}: starts a stack, says so, and waits to be killed. */
final class StackHolder {

    private StackHolder() {}

    public static void main(String[] args) throws InterruptedException {
        StackOptions options = StackOptions.tests(
                        Server.DATA_REPLICA_1, Server.KAFKA, Server.REDIS, Server.S3, Server.OIDC)
                .withDirectory(Path.of(args[0]))
                .withKeepData(Boolean.parseBoolean(args[1]));
        try (Stack stack = Stack.start(options)) {
            System.out.println("ready " + stack.directory());
            new CountDownLatch(1).await();
        }
    }
}
