package io.lipdrop.media.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.MediaLimits;
import io.lipdrop.media.container.FileKind;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Queries of the program {@code ffprobe}, with limits of time and output; its errors become {@link MediaException}s. */
final class Ffprobe {
    private static final int ANSWER_BYTES = 4_000_000;
    private static final String STREAM_FIELDS =
            "format=format_name,duration,start_time:stream=index,codec_type,codec_name,"
                    + "width,height,pix_fmt,sample_aspect_ratio,r_frame_rate,avg_frame_rate,nb_frames,duration,start_time,"
                    + "sample_rate,channels,bit_rate,color_space,color_primaries,color_transfer:stream_disposition=default,"
                    + "attached_pic,timed_thumbnails:stream_side_data=displaymatrix,side_data_type,"
                    + "crop_top,crop_bottom,crop_left,crop_right,dv_profile:stream_group=type:stream_group_disposition=default:"
                    + "stream_group_component=width,height,horizontal_offset,vertical_offset:"
                    + "subcomponent=stream_index,tile_horizontal_offset,tile_vertical_offset";

    private static final Pattern TOO_LARGE = Pattern.compile("Picture size [1-9]\\d*x[1-9]\\d* (is invalid|exceeds)");

    private final Ffmpeg ffmpeg;
    private final MediaLimits limits;
    private final ObjectMapper json = new ObjectMapper();

    Ffprobe(Ffmpeg ffmpeg, MediaLimits limits) {
        this.ffmpeg = ffmpeg;
        this.limits = limits;
    }

    /**
     * One answer.
     *
     * @param unlisted streams whose decoders had to be allowed for it
     * @param complainsAboutSize whether a frame is too large for FFmpeg
     */
    record Answer(JsonNode json, UnlistedStreams unlisted, boolean complainsAboutSize) {}

    /**
     * The format and all streams of a file.
     *
     * @throws MediaException as {@link MediaProbe#probe} has them
     */
    Answer streams(Path file) {
        return ask(file, List.of("-show_entries", STREAM_FIELDS, "-of", "json"), UnlistedStreams.NONE, Kind.NOT_MEDIA);
    }

    /** The first packets and the first frame of the video. */
    Beginning beginning(Path file, ProbedStreams streams) {
        List<String> question = Beginning.question(streams.videoIndex(), streams.isAvi());
        return Beginning.read(
                ask(file, question, streams.unlisted(), Kind.DAMAGED).json());
    }

    private Answer ask(Path file, List<String> question, UnlistedStreams unlisted, Kind otherwise) {
        String name = SafeInput.nameOf(file);
        List<String> arguments = new ArrayList<>(List.of("-loglevel", "warning"));
        arguments.addAll(unlisted.options());
        arguments.addAll(question);
        try (Child child = ffmpeg.probe(file, arguments)) {
            Future<?> timeout = limitTime(child::kill);
            byte[] answer = child.output().readNBytes(ANSWER_BYTES);
            if (answer.length == ANSWER_BYTES) {
                throw new MediaException(Kind.NOT_MEDIA, name + " has too much metadata.");
            }
            Exit exit = child.waitForExit();
            timeout.cancel(false);
            boolean complainsAboutSize = TOO_LARGE.matcher(exit.lastWords()).find();
            if (!exit.isSuccess() && complainsAboutSize) {
                throw tooLarge(name);
            }
            Optional<UnlistedStreams> more = unlisted.withTheOneOf(exit.lastWords());
            if (!exit.isSuccess() && more.isPresent()) {
                return ask(file, question, more.get(), otherwise);
            }
            if (!exit.isSuccess() && otherwise == Kind.NOT_MEDIA && !exit.isViolent()) {
                FileKind.of(file).ifPresent(kind -> {
                    throw kind.refusal(name);
                });
            }
            if (!exit.isSuccess()) {
                throw exit.failure(name, exit.lastWords().contains("moov atom not found") ? Kind.DAMAGED : otherwise);
            }
            return new Answer(json.readTree(answer), unlisted, complainsAboutSize);
        } catch (IOException e) {
            throw new MediaException(Kind.STALLED, "Reading the header of " + name + " took too long.", e);
        }
    }

    /** The message about frames with too many pixels. */
    MediaException tooLarge(String name) {
        return new MediaException(
                Kind.TOO_LARGE,
                "%s is too large; the limit is %d megapixels.".formatted(name, limits.pixels() / 1_000_000));
    }

    /** Ends what takes too long, unless it is cancelled before. */
    Future<?> limitTime(Runnable end) {
        CompletableFuture<Void> limit = new CompletableFuture<>();
        var unused = limit.completeOnTimeout(null, limits.probe().toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(end);
        return limit;
    }
}
