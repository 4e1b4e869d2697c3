/** Random policies, entities and requests, so made that conditions often hold and sometimes fail. */
@NullMarked
package io.ashlar.cedar.random;

import org.jspecify.annotations.NullMarked;
