/** Reads what a media file contains; decodes only its beginning. */
@NullMarked
package io.lipdrop.media.probe;

import org.jspecify.annotations.NullMarked;
