package io.lipdrop.media.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.frame.Orientation;
import io.lipdrop.media.frame.Rational;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts ffprobe's JSON output. */
public final class ProbedStreams {
    private static final Set<String> TELL_THEIR_LENGTH =
            Set.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "flac", "wav", "w64", "aiff", "caf");

    /** A single frame may last longer, but a video that claims a greater length and has no second frame is cut off. */
    private static final double LONGEST_FRAME_SECONDS = 1;

    private final JsonNode format;
    private final JsonNode video;
    private final JsonNode audio;
    private final double wholeOverThere;
    private final UnlistedStreams unlisted;
    private final Set<String> unreadable;
    private final @Nullable Assembly tiles;
    private final @Nullable HeifTransform heif;

    /**
     * Converts one output.
     *
     * @param unlisted unused streams
     * @param heif transform of a HEIF file, null for other files
     * @param wholeOverThere how many times longer the complete file would be
     */
    public ProbedStreams(
            JsonNode answer, UnlistedStreams unlisted, @Nullable HeifTransform heif, double wholeOverThere) {
        this.unlisted = unlisted;
        this.heif = heif;
        unreadable = unlisted.codecs(answer.path("streams"));
        tiles = Assembly.ofTiles(answer);
        this.wholeOverThere = wholeOverThere;
        format = answer.path("format");
        video = tiles == null
                ? best(answer.path("streams"), "video")
                : answer.path("streams").path(tiles.streams().get(0));
        audio = best(answer.path("streams"), "audio");
    }

    boolean hasVideo() {
        return !video.isMissingNode();
    }

    boolean hasAudio() {
        return !audio.isMissingNode();
    }

    int videoIndex() {
        return video.path("index").asInt();
    }

    /** Codecs of unsupported streams. */
    Set<String> unreadable() {
        return unreadable;
    }

    UnlistedStreams unlisted() {
        return unlisted;
    }

    /** Its packets have no presentation times. */
    boolean isAvi() {
        return container().equals("avi");
    }

    private String container() {
        return format.path("format_name").asText();
    }

    long pixels() {
        return video.path("width").asLong() * video.path("height").asLong();
    }

    /** The result. */
    MediaInfo describe(Beginning beginning) {
        String container = container();
        boolean isStill = isPicture() || isFilmOfOneFrame(beginning);
        double start = format.path("start_time").asDouble();
        double seconds = isPicture() ? 0 : format.path("duration").asDouble();
        Assembly assembly = assembly(beginning.firstFrame());
        return new MediaInfo(
                container,
                hasVideo()
                        ? Optional.of(describeVideo(beginning.firstFrame(), assembly, isStill, start))
                        : Optional.empty(),
                assembly,
                source(beginning.firstFrame()),
                hasAudio() ? Optional.of(describeAudio()) : Optional.empty(),
                Duration.ofMillis(Math.round(seconds * 1000)),
                start,
                unlisted);
    }

    private boolean isPicture() {
        return container().endsWith("_pipe");
    }

    /**
     * Whether nothing follows the first frame, and the header does not claim more. The count in a header alone may be
     * that of the first fragment, and many containers keep none.
     */
    private boolean isFilmOfOneFrame(Beginning beginning) {
        int said = video.path("nb_frames").asInt();
        boolean saysNoMore = said == 1 || (said == 0 && saidSeconds(video, !hasAudio()) <= LONGEST_FRAME_SECONDS);
        return beginning.packets() == 1 && saysNoMore;
    }

    private Assembly assembly(JsonNode frame) {
        Assembly whole = tiles == null ? Assembly.ofStream(videoIndex()) : tiles;
        HeifTransform.Crop crop = heif == null ? null : heif.crop();
        boolean isCropped = tiles == null
                && (width(frame) != eitherOf(frame, "width").asInt()
                        || height(frame) != eitherOf(frame, "height").asInt());
        if (crop == null || isCropped) {
            return whole;
        }
        return tiles == null
                ? whole.cropped(crop, width(frame), height(frame))
                : whole.cropped(crop, tiles.width(), tiles.height());
    }

    private int width(JsonNode frame) {
        return eitherOf(frame, "width").asInt() - cropped("crop_left") - cropped("crop_right");
    }

    private int height(JsonNode frame) {
        return eitherOf(frame, "height").asInt() - cropped("crop_top") - cropped("crop_bottom");
    }

    private VideoStream describeVideo(JsonNode frame, Assembly assembly, boolean isStill, double fileStart) {
        Orientation orientation =
                heif == null ? orientation(frame, orientation(video, Orientation.UPRIGHT)) : heif.orientation();
        boolean swaps = orientation.swapsSides();
        int width = assembly.width() > 0 ? assembly.width() : width(frame);
        int height = assembly.height() > 0 ? assembly.height() : height(frame);
        Rational shape = Optional.ofNullable(
                        fraction(eitherOf(frame, "sample_aspect_ratio").asText().replace(':', '/')))
                .filter(said -> heif == null) // of one tile, to make it fill the whole picture
                .orElse(Rational.ONE);
        Rational rate = isStill ? FrameRates.NOMINAL : rate();
        int repeats = FrameRates.repeats(rate);
        double headerStart = video.path("start_time").asDouble(fileStart);
        double start = isAvi() ? frame.path("best_effort_timestamp_time").asDouble(headerStart) : headerStart;
        return new VideoStream(
                videoIndex(),
                video.path("codec_name").asText(),
                swaps ? height : width,
                swaps ? width : height,
                swaps ? shape.inverse() : shape,
                rate.times(repeats),
                repeats,
                orientation,
                isStill,
                isStill ? 0 : saidSeconds(video, !hasAudio()),
                DynamicRange.of(source(frame)).delivered(source(frame)),
                eitherOf(frame, "pix_fmt").asText(Colour.UNKNOWN),
                start,
                headerStart - fileStart);
    }

    private Colour source(JsonNode frame) {
        return new Colour(
                eitherOf(frame, "color_space").asText(Colour.UNKNOWN),
                eitherOf(frame, "color_primaries").asText(Colour.UNKNOWN),
                eitherOf(frame, "color_transfer").asText(Colour.UNKNOWN));
    }

    /** Whether its colours need Dolby's metadata (profile 5), which no decoder here applies. */
    public boolean needsDolbyVision() {
        for (JsonNode sideData : video.path("side_data_list")) {
            if (sideData.path("dv_profile").asInt() == 5) {
                return true;
            }
        }
        return false;
    }

    private Rational rate() {
        Rational average = fraction(video.path("avg_frame_rate").asText());
        Rational base = fraction(video.path("r_frame_rate").asText());
        boolean isMp4 = container().startsWith("mov,");
        // The rate cannot be higher than the timestamps resolve: it is a wrong average of the first fragments.
        boolean isNonsense = isMp4 && average != null && base != null && average.value() > base.value();
        return FrameRates.choose(isNonsense ? base : average, base, isMp4);
    }

    private AudioStream describeAudio() {
        return new AudioStream(
                audio.path("index").asInt(),
                audio.path("codec_name").asText(),
                audio.path("sample_rate").asInt(),
                audio.path("channels").asInt(),
                audio.path("bit_rate").asLong(),
                saidSeconds(audio, !hasVideo()));
    }

    /** The length in the header of the stream, or in the file's if that is all there is; not what FFmpeg has estimated. */
    private double saidSeconds(JsonNode stream, boolean isAlone) {
        if (!TELL_THEIR_LENGTH.contains(container())) {
            return 0;
        }
        double seconds = stream.path("duration")
                .asDouble(isAlone ? format.path("duration").asDouble() : 0);
        return container().equals("wav") ? seconds * wholeOverThere : seconds;
    }

    private JsonNode eitherOf(JsonNode frame, String field) {
        return frame.has(field) ? frame.path(field) : video.path(field);
    }

    /** Cropping by the container (clean aperture); ffprobe's sizes are without it. */
    private int cropped(String side) {
        int pixels = 0;
        for (JsonNode sideData : video.path("side_data_list")) {
            pixels += sideData.path(side).asInt();
        }
        return pixels;
    }

    private static Orientation orientation(JsonNode holder, Orientation otherwise) {
        for (JsonNode sideData : holder.path("side_data_list")) {
            if (sideData.has("displaymatrix")) {
                return Orientation.parse(sideData.path("displaymatrix").asText());
            }
        }
        return otherwise;
    }

    /** The default stream of a kind, else the first; never cover art, nor one without parameters
     * or that is not supported. */
    private JsonNode best(JsonNode streams, String type) {
        JsonNode first = MissingNode.getInstance();
        for (JsonNode stream : streams) {
            boolean isUsable = stream.path("codec_type").asText().equals(type)
                    && !unreadable.contains(stream.path("codec_name").asText())
                    && stream.path("disposition").path("attached_pic").asInt() == 0
                    && stream.path("disposition").path("timed_thumbnails").asInt() == 0
                    && (stream.path("width").asInt() > 0
                            || stream.path("channels").asInt() > 0);
            if (isUsable && stream.path("disposition").path("default").asInt() == 1) {
                return stream;
            }
            if (isUsable && first.isMissingNode()) {
                first = stream;
            }
        }
        return first;
    }

    private static @Nullable Rational fraction(String text) {
        String[] parts = text.split("/", -1);
        try {
            int num = Integer.parseInt(parts[0]);
            int den = parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
            return num > 0 && den > 0 ? new Rational(num, den) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
