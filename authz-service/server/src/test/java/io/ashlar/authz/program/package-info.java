/**
 * The program as it is run, in a process of its own: its commands, and serving without the owner's password.
 * What it does inside is the other packages' matter.
 */
@NullMarked
package io.ashlar.authz.program;

import org.jspecify.annotations.NullMarked;
