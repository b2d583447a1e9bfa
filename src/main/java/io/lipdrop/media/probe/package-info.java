/** What a file holds, found out without decoding more than its beginning. */
@NullMarked
package io.lipdrop.media.probe;

import org.jspecify.annotations.NullMarked;
