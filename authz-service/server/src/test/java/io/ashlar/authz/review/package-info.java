@NullMarked
package io.ashlar.authz.review;

import org.jspecify.annotations.NullMarked;
