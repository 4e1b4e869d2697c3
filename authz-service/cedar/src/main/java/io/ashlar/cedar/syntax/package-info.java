/**
 * The Cedar language as text and as a typed tree: reader with positions, formatter, templates and links.
 * A tree is a value: where something was written ({@link io.ashlar.cedar.syntax.Span}) takes no part in equality, and reading
 * what the formatter wrote gives an equal tree. Whatever is read is bounded in length, depth and number of nodes
 * ({@link io.ashlar.cedar.syntax.Limits}), so that whoever walks a tree may recurse.
 */
@NullMarked
package io.ashlar.cedar.syntax;

import org.jspecify.annotations.NullMarked;
