package io.lipdrop.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How to make one result. Every value may be absent in a manifest; {@link #over} fills in from the batch and {@link
 * #DEFAULTS}.
 *
 * @param engine {@code auto}, {@code warp}, {@code wav2lip}, {@code edtalk} or a file name in {@code models/}
 * @param length how the video fills the audio when it is the shorter one
 * @param face which face speaks, when there are several
 * @param noFace what becomes of frames without a face
 * @param audioOffsetMs moves the mouth against the sound, in milliseconds; positive: the mouth moves later
 * @param label whether a small label says that the video is AI-made
 * @param mouth how the engine {@code warp} draws mouths; other engines do as they have learned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Options(
        @Nullable String engine,
        @Nullable Length length,
        @Nullable FaceChoice face,
        @Nullable NoFace noFace,
        @Nullable Integer audioOffsetMs,
        @Nullable Boolean label,
        @Nullable MouthOptions mouth) {

    public static final Options DEFAULTS = new Options(
            "auto", Length.PINGPONG, FaceChoice.LARGEST, NoFace.PASSTHROUGH, 0, false, MouthOptions.DEFAULTS);

    public static final Options NONE = new Options(null, null, null, null, null, null, null);

    /** How a video shorter than the audio goes on. */
    public enum Length {
        /** forwards, backwards, forwards … */
        @JsonProperty("pingpong")
        PINGPONG,
        /** from the start again */
        @JsonProperty("loop")
        LOOP,
        /** stands still on its last frame */
        @JsonProperty("hold")
        HOLD,
        /** ends, and the sound with it */
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

    /** What becomes of a frame without a face. */
    public enum NoFace {
        @JsonProperty("passthrough")
        PASSTHROUGH,
        @JsonProperty("fail")
        FAIL
    }

    /** These options, and where they say nothing, the others. */
    public Options over(Options others) {
        return new Options(
                engine != null ? engine : others.engine,
                length != null ? length : others.length,
                face != null ? face : others.face,
                noFace != null ? noFace : others.noFace,
                audioOffsetMs != null ? audioOffsetMs : others.audioOffsetMs,
                label != null ? label : others.label,
                mouth == null ? others.mouth : others.mouth == null ? mouth : mouth.over(others.mouth));
    }

    /** Whether mouths of the person's own may be shown, which jobs of earlier versions do not say. */
    public boolean ownMouths() {
        return mouth == null || mouth.own() == null || mouth.own();
    }

    /** How much the mouth moves, over what it would by itself; 1 where nothing is said. */
    public double mouthStrength() {
        return mouth == null || mouth.strength() == null ? 1 : mouth.strength();
    }
}
