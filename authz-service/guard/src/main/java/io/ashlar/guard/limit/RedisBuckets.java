package io.ashlar.guard.limit;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bucket4j's buckets in Redis by compare-and-swap, over the server's one Redis client. Only the asynchronous half is there:
 * nothing may block at the door.
 */
final class RedisBuckets extends AbstractCompareAndSwapBasedProxyManager<String> {

    /** KEYS: bucket; ARGV: new state, life in ms. */
    private static final String CREATE = """
        if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
          return 1
        end
        return 0
        """;

    /** KEYS: bucket; ARGV: state as read, new state, life in ms. */
    private static final String SWAP = """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then
          return 0
        end
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
        """;

    private final Redis redis;
    private final Duration timeout;
    private final ExpirationAfterWriteStrategy expiry =
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10));

    RedisBuckets(Redis redis, Duration timeout) {
        super(ClientSideConfig.getDefault().withRequestTimeout(timeout).withClientClock(TimeMeter.SYSTEM_MILLISECONDS));
        this.redis = redis;
        this.timeout = timeout;
    }

    @Override
    public boolean isAsyncModeSupported() {
        return true;
    }

    @Override
    public boolean isExpireAfterWriteSupported() {
        return true;
    }

    @Override
    public void removeProxy(String key) {
        throw new UnsupportedOperationException("buckets expire");
    }

    @Override
    protected CompletableFuture<Void> removeAsync(String key) {
        return send(Request.cmd(Command.DEL).arg(key)).thenAccept(deleted -> {});
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
        throw new UnsupportedOperationException("use the asynchronous half");
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
        return new AsyncCompareAndSwapOperation() {
            @Override
            public CompletableFuture<Optional<byte[]>> getStateData(Optional<Long> timeoutNanos) {
                return send(Request.cmd(Command.GET).arg(key)).thenApply(found -> found.map(Response::toBytes));
            }

            @Override
            public CompletableFuture<Boolean> compareAndSwap(
                    byte[] before, byte[] after, RemoteBucketState state, Optional<Long> timeoutNanos) {
                return swap(key, before, after, state);
            }
        };
    }

    private CompletableFuture<Boolean> swap(
            String key, byte @Nullable [] before, byte[] after, RemoteBucketState state) {
        long life = Math.max(
                1_000, expiry.calculateTimeToLiveMillis(state, TimeMeter.SYSTEM_MILLISECONDS.currentTimeNanos()));
        Request request = Request.cmd(Command.EVAL);
        if (before == null) {
            request.arg(CREATE).arg(1).arg(key).arg(Buffer.buffer(after)).arg(life);
        } else {
            request.arg(SWAP)
                    .arg(1)
                    .arg(key)
                    .arg(Buffer.buffer(before))
                    .arg(Buffer.buffer(after))
                    .arg(life);
        }
        return send(request).thenApply(answer -> answer.map(Response::toInteger).orElse(0) == 1);
    }

    private CompletableFuture<Optional<Response>> send(Request request) {
        return redis.send(request)
                .map(Optional::ofNullable)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
