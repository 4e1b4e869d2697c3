/**
 * Decisions by cedar-java, the reference implementation, behind the house's interface.
 * Policy sets are parsed once and kept on the native side; each decision sends only the request and the few entities it needs.
 * It is replaced by our own evaluator later and stays as the oracle.
 */
@NullMarked
package io.ashlar.authz.engine;

import org.jspecify.annotations.NullMarked;
