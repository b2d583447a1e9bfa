/** Maps the voice to mouth shapes over time. */
@NullMarked
package io.lipdrop.sync.voice;

import org.jspecify.annotations.NullMarked;
