package io.ashlar.local.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.WaitResponse;
import io.ashlar.local.process.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One created container. */
record EngineContainer(Contents contents, String id, DockerClient client) implements Running {

    private static final Duration KILL_DEADLINE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return contents.name();
    }

    @Override
    public Path log() {
        return contents.log();
    }

    boolean alive() {
        try {
            return Boolean.TRUE.equals(state().getRunning());
        } catch (NotFoundException removed) {
            return false;
        }
    }

    private ContainerState state() {
        return client.inspectContainerCmd(id).exec().getState();
    }

    void start() {
        int since = (int) Instant.now().getEpochSecond();
        try {
            client.startContainerCmd(id).exec();
        } catch (NotModifiedException alreadyRuns) {
            return;
        }
        follow(since);
    }

    /** Copies its output to the log from that second on, until it ends. */
    void follow(int sinceSeconds) {
        client.logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .withSince(sinceSeconds)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        append(frame.getPayload());
                    }
                });
    }

    private void append(byte[] output) {
        try {
            Files.createDirectories(log().getParent());
            Files.write(log(), output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean ended(Duration within) {
        try (ResultCallback.Adapter<WaitResponse> ended = new ResultCallback.Adapter<>()) {
            client.waitContainerCmd(id).exec(ended);
            return ended.awaitCompletion(within.toMillis(), TimeUnit.MILLISECONDS) && !alive();
        } catch (NotFoundException removed) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name(), e);
        }
    }

    @Override
    public boolean stop(Duration within) {
        if (Boolean.TRUE.equals(state().getPaused())) {
            resume();
        }
        client.killContainerCmd(id).withSignal(contents.stopSignal()).exec();
        boolean ended = ended(within);
        if (!ended) {
            kill();
        }
        return ended;
    }

    @Override
    public void kill() {
        client.killContainerCmd(id).withSignal("SIGKILL").exec();
        if (!ended(KILL_DEADLINE)) {
            throw new IllegalStateException("SIGKILL did not end " + name());
        }
    }

    @Override
    public void pause() {
        client.pauseContainerCmd(id).exec();
    }

    @Override
    public void resume() {
        client.unpauseContainerCmd(id).exec();
    }
}
