package io.lipdrop.media.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.media.container.HeifTransform;
import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.frame.Orientation;
import io.lipdrop.media.frame.Rational;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The video stream of a file. What the first decoded frame says counts more than the header.
 *
 * @param video ffprobe's description of the stream; missing if the file has none
 * @param frame ffprobe's description of the first frame; empty if nothing was decoded
 * @param tiles how an image is made of its tiles, null for one that has none
 * @param heif transform of a HEIF file, null for other files
 */
record VideoDescription(
        JsonNode video,
        JsonNode frame,
        @Nullable Assembly tiles,
        @Nullable HeifTransform heif) {
    /** How the image is made of the streams. */
    Assembly assembly() {
        Assembly whole = tiles == null ? Assembly.ofStream(index()) : tiles;
        HeifTransform.Crop crop = heif == null ? null : heif.crop();
        boolean isCropped = tiles == null
                && (width() != eitherOf("width").asInt()
                        || height() != eitherOf("height").asInt());
        if (crop == null || isCropped) {
            return whole;
        }
        return tiles == null
                ? whole.cropped(crop, width(), height())
                : whole.cropped(crop, tiles.width(), tiles.height());
    }

    private int width() {
        return eitherOf("width").asInt() - cropped("crop_left") - cropped("crop_right");
    }

    private int height() {
        return eitherOf("height").asInt() - cropped("crop_top") - cropped("crop_bottom");
    }

    /**
     * The stream.
     *
     * @param container ffprobe's name of the file's format
     * @param isStill whether it is one image
     * @param fileStart where the file begins, seconds
     * @param saidSeconds the length in its header, 0 if unknown
     */
    VideoStream stream(String container, boolean isStill, double fileStart, double saidSeconds) {
        Assembly assembly = assembly();
        Orientation orientation =
                heif == null ? orientation(frame, orientation(video, Orientation.UPRIGHT)) : heif.orientation();
        boolean swaps = orientation.swapsSides();
        int width = assembly.width() > 0 ? assembly.width() : width();
        int height = assembly.height() > 0 ? assembly.height() : height();
        Rational shape = Optional.ofNullable(
                        fraction(eitherOf("sample_aspect_ratio").asText().replace(':', '/')))
                .filter(said -> heif == null) // of one tile, to make it fill the whole picture
                .orElse(Rational.ONE);
        Rational rate = isStill ? FrameRates.NOMINAL : rate(container);
        int repeats = FrameRates.repeats(rate);
        double headerStart = video.path("start_time").asDouble(fileStart);
        double start = container.equals(ProbedStreams.AVI)
                ? frame.path("best_effort_timestamp_time").asDouble(headerStart)
                : headerStart;
        return new VideoStream(
                index(),
                video.path("codec_name").asText(),
                swaps ? height : width,
                swaps ? width : height,
                swaps ? shape.inverse() : shape,
                rate.times(repeats),
                repeats,
                orientation,
                isStill,
                saidSeconds,
                DynamicRange.of(colour()).delivered(colour()),
                eitherOf("pix_fmt").asText(Colour.UNKNOWN),
                start,
                headerStart - fileStart);
    }

    /** The colour space in the file. */
    Colour colour() {
        return new Colour(
                eitherOf("color_space").asText(Colour.UNKNOWN),
                eitherOf("color_primaries").asText(Colour.UNKNOWN),
                eitherOf("color_transfer").asText(Colour.UNKNOWN));
    }

    private int index() {
        return video.path("index").asInt();
    }

    private Rational rate(String container) {
        Rational average = fraction(video.path("avg_frame_rate").asText());
        Rational base = fraction(video.path("r_frame_rate").asText());
        boolean isMp4 = container.startsWith("mov,");
        // The rate cannot be higher than the timestamps resolve: it is a wrong average of the first fragments.
        boolean isNonsense = isMp4 && average != null && base != null && average.value() > base.value();
        return FrameRates.choose(isNonsense ? base : average, base, isMp4);
    }

    private JsonNode eitherOf(String field) {
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
