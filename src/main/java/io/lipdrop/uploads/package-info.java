/** Files that arrive over HTTP, piece by piece, and wait in {@code work/uploads/} until a batch takes them. */
@NullMarked
package io.lipdrop.uploads;

import org.jspecify.annotations.NullMarked;
