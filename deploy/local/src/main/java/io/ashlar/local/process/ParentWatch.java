package io.ashlar.local.process;

/** Ends this JVM, by its shutdown hooks, when the process that started it has ended, however that ended. */
public final class ParentWatch {

    private ParentWatch() {}

    /**
     * From now on.
     *
     * @throws IllegalStateException if the parent is gone already or cannot be seen
     */
    public static void exitWithParent() {
        ProcessHandle parent = ProcessHandle.current()
                .parent()
                .orElseThrow(() -> new IllegalStateException("the parent process cannot be seen"));
        Thread.ofPlatform().daemon().name("parent-watch").start(() -> {
            parent.onExit().join();
            // As if told to end: the shutdown hooks run.
            System.exit(143);
        });
    }
}
