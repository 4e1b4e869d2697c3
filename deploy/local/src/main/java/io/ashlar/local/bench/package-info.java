/**
 * How benchmarks keep what they found.
 * A reading says on which machine, JDK and commit it was taken, and how busy the machine was.
 * Nothing here asserts anything: a busy machine makes no build fail.
 */
@NullMarked
package io.ashlar.local.bench;

import org.jspecify.annotations.NullMarked;
