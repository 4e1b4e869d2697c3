/**
 * Which engine decides, and what else reads a policy before it may.
 * Decisions are made by our own evaluator, in process and compiled; cedar-java, the reference implementation, checks what is
 * handed in and takes no part in a decision.
 * Before the server is ready the engine has decided once, both ways.
 */
@NullMarked
package io.ashlar.authz.engine;

import org.jspecify.annotations.NullMarked;
