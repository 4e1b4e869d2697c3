/**
 * What a server's program does when it is told a word instead of nothing: bring its schema up to date, wait until somebody did,
 * or ask another server whether it answers. These run in seconds beside the server they belong to (a migrations Job, an init
 * container, a test) and start none of it: no port, no pool, no consumer.
 * Everything they need is the server's own configuration.
 */
@NullMarked
package io.ashlar.guard.command;

import org.jspecify.annotations.NullMarked;
