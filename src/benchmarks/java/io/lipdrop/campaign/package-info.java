/** Kills and mutated files by the thousand, and what became of each; started by the scripts in {@code benchmarks/}. */
@NullMarked
package io.lipdrop.campaign;

import org.jspecify.annotations.NullMarked;
