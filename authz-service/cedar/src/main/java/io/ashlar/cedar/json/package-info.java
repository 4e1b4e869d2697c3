/**
 * Cedar's JSON formats both ways: policies and policy sets (called EST in Cedar's documents), entities, and values with their
 * escapes {@code __entity} and {@code __extn}. What is read is bounded in length and depth, and a fault names its place by a
 * JSON Pointer. Values are read without a schema: what only a schema would make an entity or a decimal must be escaped.
 */
@NullMarked
package io.ashlar.cedar.json;

import org.jspecify.annotations.NullMarked;
