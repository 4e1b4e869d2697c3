package io.ashlar.guard.limit;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * How many pods of this service live, counted in Redis: a sorted set of heartbeats. The last count outlives Redis. Also tells
 * whether Redis answers, so that a dead one is not waited for by each request.
 */
final class Pods {

    private static final Logger LOG = Logger.getLogger(Pods.class);
    private static final int BEATS_MISSED_MAX = 3;

    private final Redis redis;
    private final String key;
    private final Duration heartbeat;
    private final Clock clock = Clock.systemUTC();
    private final String self = UUID.randomUUID().toString();
    private final AtomicInteger lastCounted = new AtomicInteger(1);
    private volatile boolean up;

    Pods(Redis redis, String service, Duration heartbeat) {
        this.redis = redis;
        this.key = "ashlar:pods:{" + service + "}";
        this.heartbeat = heartbeat;
    }

    int lastCounted() {
        return lastCounted.get();
    }

    boolean redisUp() {
        return up;
    }

    /** Somebody waited in vain: everybody decides alone until a heartbeat gets through. */
    void down(Throwable failure) {
        if (up) {
            LOG.warnf("event=rate_limit_alone pods=%d cause=%s", lastCounted.get(), failure);
        }
        up = false;
    }

    /** Tells that this pod lives, forgets those that do not, and counts. */
    void beat() {
        long now = clock.millis();
        long dead = now - heartbeat.toMillis() * BEATS_MISSED_MAX;
        List<Request> batch = List.of(
                Request.cmd(Command.ZADD).arg(key).arg(now).arg(self),
                Request.cmd(Command.ZREMRANGEBYSCORE).arg(key).arg("-inf").arg("(" + dead),
                Request.cmd(Command.ZCARD).arg(key),
                Request.cmd(Command.PEXPIRE).arg(key).arg(heartbeat.toMillis() * BEATS_MISSED_MAX * 2));
        redis.batch(batch).onFailure(this::down).onSuccess(answers -> {
            lastCounted.set(Math.max(1, answers.get(2).toInteger()));
            up = true;
        });
    }
}
