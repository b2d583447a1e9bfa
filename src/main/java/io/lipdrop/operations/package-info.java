/** Health, metrics and the archive. */
@NullMarked
package io.lipdrop.operations;

import org.jspecify.annotations.NullMarked;
