@NullMarked
package io.ashlar.authz.feed;

import org.jspecify.annotations.NullMarked;
