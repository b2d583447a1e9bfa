/** Turns the voice into the shape of a mouth over time. */
@NullMarked
package io.lipdrop.sync.voice;

import org.jspecify.annotations.NullMarked;
