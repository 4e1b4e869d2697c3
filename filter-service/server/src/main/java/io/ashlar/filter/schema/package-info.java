/**
 * What a dataset can be asked, for editors and generated clients, and whether one query would be taken: nothing is run for
 * either. Both speak of the fields that the caller may see and of no others, so that they change with the policies.
 */
@NullMarked
package io.ashlar.filter.schema;

import org.jspecify.annotations.NullMarked;
