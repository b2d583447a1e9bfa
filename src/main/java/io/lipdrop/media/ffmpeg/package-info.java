/** Starts the FFmpeg programs in a sandbox, feeds them and interprets how they ended. */
@NullMarked
package io.lipdrop.media.ffmpeg;

import org.jspecify.annotations.NullMarked;
