/** Draws mouths with lip-sync networks that users provide. They are recognised by their inputs and outputs, not by file name. */
@NullMarked
package io.lipdrop.sync.neural;

import org.jspecify.annotations.NullMarked;
