/**
 * Every error answer of a server is {@code application/problem+json}, whoever made it: our code, the JSON reader, the
 * framework or the HTTP server. Failures nobody foresaw are logged with their cause and answered without it.
 * Codes are those of {@link io.ashlar.authz.problem.ErrorCode}.
 */
@NullMarked
package io.ashlar.guard.problem;

import org.jspecify.annotations.NullMarked;
