/**
 * Servers in containers, by Testcontainers, from the images that {@code deploy/local/containers/build.sh} makes. An image
 * holds a program and how to start it; configuration, roles and topics are those of the child processes.
 * {@link io.ashlar.local.containers.Engine} is the one place that speaks with the container engine.
 */
@NullMarked
package io.ashlar.local.containers;

import org.jspecify.annotations.NullMarked;
