package io.lipdrop.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ffprobe's answer in JSON, put into our words. */
final class ProbedStreams {
    private static final Set<String> TELL_THEIR_LENGTH =
            Set.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "flac", "wav", "w64", "aiff", "caf");

    private final JsonNode format;
    private final JsonNode video;
    private final JsonNode audio;
    private final double wholeOverThere;

    /**
     * @param wholeOverThere how many times as long the file would be if it were whole
     */
    ProbedStreams(JsonNode answer, double wholeOverThere) {
        this.wholeOverThere = wholeOverThere;
        format = answer.path("format");
        video = best(answer.path("streams"), "video");
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

    /** In AVI only the first decoded frame tells by how much reordering delays the picture. */
    private boolean isWithoutPresentationTimes() {
        return format.path("format_name").asText().equals("avi");
    }

    /** How many packets the decoder needs until it gives a frame as it would in the middle of a file. */
    int packetsToTheFirstFrame() {
        return isWithoutPresentationTimes() ? 20 : 1;
    }

    long pixels() {
        return video.path("width").asLong() * video.path("height").asLong();
    }

    /** The description; {@code firstFrame}, decoded, knows better than the headers, and may be missing. */
    MediaInfo describe(JsonNode firstFrame) {
        String container = format.path("format_name").asText();
        boolean isPicture = container.endsWith("_pipe");
        boolean isStill = isPicture || video.path("nb_frames").asInt() == 1;
        double start = format.path("start_time").asDouble();
        double seconds = isPicture ? 0 : format.path("duration").asDouble();
        return new MediaInfo(
                container,
                hasVideo() ? Optional.of(describeVideo(firstFrame, isStill, start)) : Optional.empty(),
                hasAudio() ? Optional.of(describeAudio()) : Optional.empty(),
                Duration.ofMillis(Math.round(seconds * 1000)),
                start);
    }

    private VideoStream describeVideo(JsonNode frame, boolean isStill, double fileStart) {
        Orientation orientation = orientation(frame, orientation(video, Orientation.UPRIGHT));
        boolean swaps = orientation.swapsSides();
        int width = eitherOf(frame, "width").asInt() - cropped("crop_left") - cropped("crop_right");
        int height = eitherOf(frame, "height").asInt() - cropped("crop_top") - cropped("crop_bottom");
        Rational shape = Optional.ofNullable(
                        fraction(eitherOf(frame, "sample_aspect_ratio").asText().replace(':', '/')))
                .orElse(Rational.ONE);
        Rational average = fraction(video.path("avg_frame_rate").asText());
        Rational rate = isStill
                ? FrameRates.NOMINAL
                : FrameRates.choose(
                        average,
                        fraction(video.path("r_frame_rate").asText()),
                        format.path("format_name").asText().startsWith("mov,"));
        int repeats = FrameRates.repeats(rate);
        double headerStart = video.path("start_time").asDouble(fileStart);
        double start = isWithoutPresentationTimes()
                ? frame.path("best_effort_timestamp_time").asDouble(headerStart)
                : headerStart;
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
                new Colour(
                        eitherOf(frame, "color_space").asText(Colour.UNKNOWN),
                        eitherOf(frame, "color_primaries").asText(Colour.UNKNOWN),
                        eitherOf(frame, "color_transfer").asText(Colour.UNKNOWN)),
                eitherOf(frame, "pix_fmt").asText(Colour.UNKNOWN),
                start,
                headerStart - fileStart);
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
        if (!TELL_THEIR_LENGTH.contains(format.path("format_name").asText())) {
            return 0;
        }
        double seconds = stream.path("duration")
                .asDouble(isAlone ? format.path("duration").asDouble() : 0);
        return format.path("format_name").asText().equals("wav") ? seconds * wholeOverThere : seconds;
    }

    private JsonNode eitherOf(JsonNode frame, String field) {
        return frame.has(field) ? frame.path(field) : video.path(field);
    }

    /** What the container has the decoder cut off at a side (a clean aperture); ffprobe's sizes are those before. */
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

    /** The default stream of a kind, else the first; never cover art, nor one that says nothing about itself. */
    private static JsonNode best(JsonNode streams, String type) {
        JsonNode first = MissingNode.getInstance();
        for (JsonNode stream : streams) {
            boolean isUsable = stream.path("codec_type").asText().equals(type)
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
