/** Takes a complete drop out of the inbox and makes a batch of it. */
@NullMarked
package io.lipdrop.intake;

import org.jspecify.annotations.NullMarked;
