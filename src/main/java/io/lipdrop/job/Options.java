package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Options of one result. Every value may be missing in a manifest; {@link #over} fills in from the batch and {@link
 * #DEFAULTS}.
 *
 * @param engine {@code auto}, {@code warp}, {@code wav2lip}, {@code edtalk} or a file name in {@code models/}
 * @param length how a video that is shorter than the audio is extended
 * @param face which face speaks, when there are several
 * @param noFace what to do with frames without a face
 * @param audioOffsetMs shifts the mouth relative to the sound, in milliseconds; positive: the mouth moves later
 * @param label whether a small label says that the video is AI-made
 * @param mouth mouth options of the engine {@code warp}; other engines ignore them
 * @param preview renders only so many seconds from the beginning
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Options(
        @Nullable String engine,
        @Nullable Length length,
        @Nullable FaceChoice face,
        @Nullable NoFace noFace,
        @Nullable Integer audioOffsetMs,
        @Nullable Boolean label,
        @Nullable MouthOptions mouth,
        @Nullable Integer preview) {
    /** The shortest and the longest preview, in seconds. */
    public static final int MIN_PREVIEW = 1;

    public static final int MAX_PREVIEW = 60;

    @JsonCreator
    public Options {}

    /** Options of a whole result. */
    public Options(
            @Nullable String engine,
            @Nullable Length length,
            @Nullable FaceChoice face,
            @Nullable NoFace noFace,
            @Nullable Integer audioOffsetMs,
            @Nullable Boolean label,
            @Nullable MouthOptions mouth) {
        this(engine, length, face, noFace, audioOffsetMs, label, mouth, null);
    }

    public static final Options DEFAULTS = new Options(
            "auto", Length.PINGPONG, FaceChoice.LARGEST, NoFace.PASSTHROUGH, 0, false, MouthOptions.DEFAULTS);

    public static final Options NONE = new Options(null, null, null, null, null, null, null);

    /** How a video that is shorter than the audio is extended. */
    public enum Length {
        /** forwards, backwards, forwards … */
        @JsonProperty("pingpong")
        PINGPONG,
        /** from the start again */
        @JsonProperty("loop")
        LOOP,
        /** holds the last frame */
        @JsonProperty("hold")
        HOLD,
        /** ends; the sound is cut too */
        @JsonProperty("trim")
        TRIM
    }

    /** Which of several faces speaks. */
    public enum FaceChoice {
        @JsonProperty("largest")
        LARGEST,
        @JsonProperty("left")
        LEFT,
        @JsonProperty("right")
        RIGHT,
        @JsonProperty("center")
        CENTER
    }

    /** What to do with a frame without a face. */
    public enum NoFace {
        @JsonProperty("passthrough")
        PASSTHROUGH,
        @JsonProperty("fail")
        FAIL
    }

    /** These options; missing values are taken from the others. */
    public Options over(Options others) {
        return new Options(
                engine != null ? engine : others.engine,
                length != null ? length : others.length,
                face != null ? face : others.face,
                noFace != null ? noFace : others.noFace,
                audioOffsetMs != null ? audioOffsetMs : others.audioOffsetMs,
                label != null ? label : others.label,
                mouth == null ? others.mouth : others.mouth == null ? mouth : mouth.over(others.mouth),
                preview != null ? preview : others.preview);
    }

    /** How much of a voice of this length is rendered, in seconds. */
    public double secondsOf(double voiceSeconds) {
        return preview == null ? voiceSeconds : Math.min(preview, voiceSeconds);
    }

    /** Whether own mouths may be used; missing in jobs of earlier versions. */
    public boolean ownMouths() {
        return mouth == null || mouth.own() == null || mouth.own();
    }

    /** Factor for the mouth movement; 1 if not set. */
    public double mouthStrength() {
        return mouth == null || mouth.strength() == null ? 1 : mouth.strength();
    }
}
