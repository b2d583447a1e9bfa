/** Files that appear whole or not at all: atomic writes, and moves that also cross file systems. */
@NullMarked
package io.lipdrop.files;

import org.jspecify.annotations.NullMarked;
