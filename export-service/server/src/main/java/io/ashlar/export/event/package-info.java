/**
 * State changes of exports, published to {@code ashlar.exports.v1} as CloudEvents. The change and its event are one
 * transaction (an outbox); one relay at a time publishes in order and deletes what the broker has taken, so an event may come
 * twice and is never lost.
 */
@NullMarked
package io.ashlar.export.event;

import org.jspecify.annotations.NullMarked;
