package io.lipdrop.media.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lipdrop.media.container.HeifTransform;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ffprobe's JSON output: which streams of a file are used, and what it says about them. */
public final class ProbedStreams {
    static final String AVI = "avi";

    private static final Set<String> TELL_THEIR_LENGTH =
            Set.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", AVI, "flac", "wav", "w64", "aiff", "caf");

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
        return container().equals(AVI);
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
        VideoDescription description = new VideoDescription(video, beginning.firstFrame(), tiles, heif);
        return new MediaInfo(
                container,
                hasVideo()
                        ? Optional.of(description.stream(
                                container, isStill, start, isStill ? 0 : saidSeconds(video, !hasAudio())))
                        : Optional.empty(),
                description.assembly(),
                description.colour(),
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

    /** Whether its colours need Dolby's metadata (profile 5), which no decoder here applies. */
    public boolean needsDolbyVision() {
        for (JsonNode sideData : video.path("side_data_list")) {
            if (sideData.path("dv_profile").asInt() == 5) {
                return true;
            }
        }
        return false;
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
}
