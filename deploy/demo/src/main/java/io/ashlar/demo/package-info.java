/**
 * The launcher's commands: the demo, {@code up}, {@code down}, {@code status}, {@code token} and {@code verify}. Here the
 * platform is used as its users use it, by HTTP alone; nothing here is linked into a service. The demo is also the
 * end-to-end test.
 */
@NullMarked
package io.ashlar.demo;

import org.jspecify.annotations.NullMarked;
