/** What surrounds the API: documents, health, metrics, the README's examples. */
@org.jspecify.annotations.NullMarked
package io.ashlar.filter.door;
