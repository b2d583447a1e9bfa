package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a job or a drop failed. Each has one remedy to offer, and knows whether trying again can help. */
public enum FailureCode {
    MANIFEST_INVALID(false, "Correct the manifest at the place named, then drop this folder into the inbox again."),
    MEDIA_MISSING(false, "Put the missing files beside the manifest and drop this folder into the inbox again."),
    MEDIA_UNREADABLE(
            false,
            "Let the user that Lipdrop runs as read the file (chmod a+r), or copy it anew, then drop this folder into the inbox."),
    PATH_NOT_ALLOWED(false, "Name files inside the inbox or in library/: no absolute path, no .. and no link."),
    AUDIO_UNSUPPORTED(false, "Save the voice as wav, mp3, m4a, flac or ogg and drop it again."),
    VIDEO_UNSUPPORTED(false, "Save the video as mp4 (H.264) and drop it again."),
    NO_AUDIO_STREAM(false, "Name a recording, or a video that has a sound track, as audio."),
    NO_VIDEO_STREAM(false, "Name a video or a picture under videos."),
    MEDIA_DAMAGED(false, "Play the file to its end on your computer, export it again and drop it again."),
    MEDIA_ENCRYPTED(false, "Use a copy without copy protection (DRM): a recording or an export of your own."),
    MEDIA_TOO_LONG(false, "Cut it into shorter pieces, or raise lipdrop.limits.duration."),
    MEDIA_TOO_LARGE(false, "Scale the picture down, or raise lipdrop.limits.pixels."),
    NO_FACE(
            false,
            "Use a video in which a face is seen from the front or half from the side, at least 40 pixels wide."),
    MODEL_MISSING(false, "Put the model file into models/, or leave engine at auto."),
    MODEL_INVALID(false, "Replace the model file, or take it out of models/ and leave engine at auto."),
    OUT_OF_MEMORY(
            true,
            "Close other programs on this machine or its graphics card, or use a smaller video or model, then drop this folder again."),
    ENCODER_FAILED(
            true, "Set lipdrop.encoder.codec to another encoder, for example libx264, then drop this folder again."),
    DISK_FULL(true, "Free space on the disk of work/ and outbox/; the queue goes on by itself."),
    STALLED(true, "The file may be damaged: export it again. On a very slow machine raise lipdrop.stall."),
    WORKER_CRASHED(
            true, "Export the video again with another program; if that does not help, send us logs/lipdrop.log."),
    CANCELLED(false, "Drop this folder into the inbox to run it after all.");

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
