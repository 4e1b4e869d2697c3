package io.ashlar.router.client;

/** How many rows match. */
public record CountAnswer(long count, String source, long lagMs, String consistency, String reason, String token)
        implements Fresh {}
