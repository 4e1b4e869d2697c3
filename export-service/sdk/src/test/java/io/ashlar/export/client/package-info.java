@NullMarked
package io.ashlar.export.client;

import org.jspecify.annotations.NullMarked;
