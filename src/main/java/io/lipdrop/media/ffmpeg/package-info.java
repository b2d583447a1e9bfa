/** The programs of FFmpeg: how they are started, confined, fed and judged. */
@NullMarked
package io.lipdrop.media.ffmpeg;

import org.jspecify.annotations.NullMarked;
