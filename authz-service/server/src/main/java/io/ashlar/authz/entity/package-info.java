/**
 * Resource entities that authz owns: a tenant registers a type, and from then on attributes and parents of its entities are those
 * written here, and not what a request says. A type has exactly one owner, so that whoever asks gets the same facts.
 * Append-only by revision, like principals.
 */
@NullMarked
package io.ashlar.authz.entity;

import org.jspecify.annotations.NullMarked;
