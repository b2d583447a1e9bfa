package io.lipdrop.media.sound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.StreamClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A sound track as {@link VoiceDecoder} reads it.
 *
 * @param container FFmpeg's name of the container
 * @param index the stream's number in the file
 * @param number 1 for the first sound track of the file
 * @param channels 0 if its codec is not supported
 * @param layout FFmpeg's channel layout, {@code unknown} if the file has none
 * @param lateSeconds how much later than the file it starts
 */
record SoundTrack(
        Path file,
        String container,
        int index,
        int number,
        int sampleRate,
        int channels,
        String layout,
        double lateSeconds) {

    /** Layouts that AAC and all players support. */
    private static final Set<String> DELIVERED =
            Set.of("mono", "stereo", "3.0", "4.0", "5.0", "5.0(side)", "5.1", "5.1(side)", "7.1");

    /** Layouts that FFmpeg mixes into one of these with at most the lowest tones lost. */
    private static final Set<String> MIXED = Set.of(
            "downmix",
            "2.1",
            "3.0(back)",
            "3.1",
            "quad",
            "quad(side)",
            "4.1",
            "6.0",
            "6.0(front)",
            "hexagonal",
            "6.1",
            "6.1(back)",
            "6.1(front)",
            "7.0",
            "7.0(front)",
            "7.1(wide)",
            "7.1(wide-side)");

    /** All sound tracks of a file, in its order. */
    static List<SoundTrack> of(Ffmpeg ffmpeg, Path file, MediaInfo info, Abort abort) {
        String fields =
                "format=format_name,start_time:stream=index,codec_name,sample_rate,channels,channel_layout,start_time";
        List<String> question = new ArrayList<>(info.unlisted().options());
        question.addAll(List.of("-select_streams", "a", "-show_entries", fields, "-of", "json"));
        try (Child child = abort.guard(ffmpeg.probe(file, question))) {
            JsonNode answer = new ObjectMapper().readTree(child.output().readAllBytes());
            Exit exit = child.waitForExit();
            if (exit.isViolent()) {
                throw exit.failure(SafeInput.nameOf(file), Kind.DAMAGED);
            }
            List<SoundTrack> tracks = new ArrayList<>();
            Set<String> unreadable = info.unlisted().codecs(answer.path("streams"));
            for (JsonNode stream : answer.path("streams")) {
                boolean isRead = !unreadable.contains(stream.path("codec_name").asText());
                tracks.add(of(file, answer.path("format"), stream, tracks.size() + 1, isRead));
            }
            return tracks;
        } catch (IOException e) {
            throw new MediaException(Kind.STALLED, "Reading " + SafeInput.nameOf(file) + " was stopped.", e);
        }
    }

    private static SoundTrack of(Path file, JsonNode format, JsonNode stream, int number, boolean isRead) {
        double fileStart = format.path("start_time").asDouble();
        return new SoundTrack(
                file,
                format.path("format_name").asText(),
                stream.path("index").asInt(),
                number,
                stream.path("sample_rate").asInt(),
                isRead ? stream.path("channels").asInt() : 0,
                stream.path("channel_layout").asText("unknown"),
                Math.max(0, stream.path("start_time").asDouble(fileStart) - fileStart));
    }

    /** Whether it starts where a recording may; if not, the timestamp is damaged, and it starts with the file. */
    boolean startsInTime() {
        return lateSeconds <= StreamClock.DAMAGED_STEP_SECONDS;
    }

    /**
     * Whether FFmpeg can mix these channels for delivery. For other layouts it would drop channels or guess: a voice on the
     * last of ten channels would be lost.
     */
    boolean hasKnownLayout() {
        return channels <= 2 || DELIVERED.contains(layout) || MIXED.contains(layout);
    }
}
