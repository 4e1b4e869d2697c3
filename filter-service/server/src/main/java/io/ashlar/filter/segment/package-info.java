/**
 * Segments: filters that people save under a name, use in queries by their id, and share with their tenant. A segment is checked
 * when it is saved, with its writer's eyes, and again whenever it is used, with the user's. What a caller may not use is not
 * there: a private segment of somebody else is answered exactly as one that does not exist.
 */
@NullMarked
package io.ashlar.filter.segment;

import org.jspecify.annotations.NullMarked;
