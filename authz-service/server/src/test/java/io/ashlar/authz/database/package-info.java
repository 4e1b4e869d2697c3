@NullMarked
package io.ashlar.authz.database;

import org.jspecify.annotations.NullMarked;
