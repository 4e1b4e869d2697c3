package io.ashlar.guard.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.eclipse.microprofile.config.ConfigProvider;

/** The entry of every server's program: serves, or runs one {@link Command} and ends. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String... arguments) throws InterruptedException {
        if (arguments.length == 0) {
            Quarkus.run();
        } else {
            System.exit(Command.run(arguments, ConfigProvider.getConfig(), System.out));
        }
    }
}
