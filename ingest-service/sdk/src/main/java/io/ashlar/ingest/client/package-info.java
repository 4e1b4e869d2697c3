/**
 * The client of ingest-service: declare attributes, send telemetry, ask what became of it.
 * Sending is safe to repeat under the same batch key, and the client repeats it by itself when an answer is lost.
 * Records mirror the API's JSON; members that a newer server adds are ignored.
 */
@NullMarked
package io.ashlar.ingest.client;

import org.jspecify.annotations.NullMarked;
