/**
 * What every operation of every server has in common, in the OpenAPI document: headers, refusals, the bearer token. The servers'
 * own files describe the rest, with examples. Nothing here takes part in answering a request.
 */
@NullMarked
package io.ashlar.guard.document;

import org.jspecify.annotations.NullMarked;
