package io.ashlar.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sends signals: those that Java knows by itself, the others through the shell's built-in {@code kill}. */
final class Signals {

    private Signals() {}

    /** The process and everything below it, the process first: stopped first, it forks no more. */
    static List<ProcessHandle> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    /** Whether it runs: one that has ended may still be listed, for as long as init takes to ask for its status. */
    static boolean running(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            // proc(5): the state follows the name, which is in parentheses and may hold any character.
            String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return !status.startsWith("Z", status.lastIndexOf(')') + 2);
        } catch (IOException e) {
            // No /proc, or gone in this moment.
            return process.isAlive();
        }
    }

    /** Processes that are gone meanwhile are passed over. */
    static void send(String signal, List<ProcessHandle> processes) {
        switch (signal) {
            // Without another process: on a machine that has no time left, this is what ends the rest.
            case "KILL" -> processes.forEach(ProcessHandle::destroyForcibly);
            case "TERM" -> processes.forEach(ProcessHandle::destroy);
            default -> byShell(signal, processes);
        }
    }

    private static void byShell(String signal, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "kill -" + signal + " \"$@\" 2>/dev/null", "sh"));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            Process kill = new ProcessBuilder(command).start();
            kill.getOutputStream().close();
            kill.waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot run /bin/sh to send " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending " + signal, e);
        }
    }
}
