/**
 * What every rendering of the charts must keep to, over all values in {@code helm/<chart>/ci}: typed strictly, pods restricted,
 * times that add up, edges of the design and no others, no secret outside Secrets; and what a render must refuse.
 * Rendered by Helm itself, without a cluster.
 */
@NullMarked
package io.ashlar.kubernetes.render;

import org.jspecify.annotations.NullMarked;
