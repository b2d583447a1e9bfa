/** Draws mouths with lip-sync networks that people bring: recognised by what goes in and comes out, not by name. */
@NullMarked
package io.lipdrop.sync.neural;

import org.jspecify.annotations.NullMarked;
