/**
 * What a service says when it refuses: one record in the form of RFC 9457, with a code from a sealed vocabulary per service
 * and every fault that was found. {@link io.ashlar.authz.problem.DoorError} is the vocabulary of the door that all services
 * share; each service adds its own enum of {@link io.ashlar.authz.problem.ErrorCode}. Codes are frozen by golden files: they
 * are added, never renamed.
 */
@NullMarked
package io.ashlar.authz.problem;

import org.jspecify.annotations.NullMarked;
