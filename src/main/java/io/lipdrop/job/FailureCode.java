package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Error codes of jobs and drops. Each has a hint, and says whether a retry can help. */
public enum FailureCode {
    MANIFEST_INVALID(false, "Fix the manifest as the message says, then drop this folder into the inbox again."),
    MEDIA_MISSING(false, "Put the missing files next to the manifest and drop this folder into the inbox again."),
    MEDIA_UNREADABLE(
            false,
            "Give the user that runs Lipdrop read permission (chmod a+r) or copy the file again, then drop this folder into the inbox."),
    PATH_NOT_ALLOWED(false, "Use files inside the inbox or library/. Absolute paths, .. and links are not allowed."),
    AUDIO_UNSUPPORTED(false, "Save the voice as wav, mp3, m4a, flac or ogg and drop it again."),
    VIDEO_UNSUPPORTED(false, "Save the video as mp4 (H.264) and drop it again."),
    NO_AUDIO_STREAM(false, "Under audio, name a recording or a video with a sound track."),
    NO_VIDEO_STREAM(false, "Under videos, name a video or an image."),
    MEDIA_DAMAGED(false, "Check on your computer that the file plays to its end. Export it again and drop it again."),
    MEDIA_ENCRYPTED(false, "Use a file without copy protection (DRM), for example your own recording or export."),
    MEDIA_TOO_LONG(false, "Cut it into shorter pieces, or raise lipdrop.limits.duration."),
    MEDIA_TOO_LARGE(false, "Reduce the resolution, or raise lipdrop.limits.pixels."),
    NO_FACE(false, "Use a video that shows a face from the front or half from the side, at least 40 pixels wide."),
    MODEL_MISSING(false, "Put the model file into models/, or use engine: auto."),
    MODEL_INVALID(false, "Replace the model file, or remove it from models/ and use engine: auto."),
    OUT_OF_MEMORY(
            true,
            "Close other programs that use this machine's memory or GPU, or use a smaller video or model. Then drop this folder again."),
    ENCODER_FAILED(
            true, "Set lipdrop.encoder.codec to another encoder, for example libx264, then drop this folder again."),
    DISK_FULL(true, "Free disk space for work/ and outbox/. The queue continues by itself."),
    STALLED(true, "The file may be damaged: export it again. On a very slow machine, raise lipdrop.stall."),
    WORKER_CRASHED(
            true, "Export the video again with another program. If that does not help, send us logs/lipdrop.log."),
    CANCELLED(false, "To run it anyway, drop this folder into the inbox.");

    private final boolean retryHelps;
    private final String hint;

    FailureCode(boolean retryHelps, String hint) {
        this.retryHelps = retryHelps;
        this.hint = hint;
    }

    /** What the person who dropped the file can do. */
    public String hint() {
        return hint;
    }

    /** Whether the same input may succeed on another attempt. */
    public boolean retryHelps() {
        return retryHelps;
    }

    /** The name in reports: {@code no-face}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
