/** What the bytes of a media file say about it, read here and not by FFmpeg. */
@NullMarked
package io.lipdrop.media.container;

import org.jspecify.annotations.NullMarked;
