package io.lipdrop.media.probe;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.MediaLimits;
import io.lipdrop.media.container.EncryptedBoxes;
import io.lipdrop.media.container.FileKind;
import io.lipdrop.media.container.HeifTransform;
import io.lipdrop.media.container.RiffHeader;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Probes a file: its content, whether it is accepted, and whether it can be decoded. */
@Component
public class MediaProbe {
    private static final int BLOCK_BYTES = 1 << 16;

    private final Ffmpeg ffmpeg;
    private final MediaLimits limits;
    private final Ffprobe ffprobe;
    private final ProbeAnswers answers = new ProbeAnswers();

    @Autowired
    public MediaProbe(Ffmpeg ffmpeg) {
        this(ffmpeg, ffmpeg.limits());
    }

    public MediaProbe(Ffmpeg ffmpeg, MediaLimits limits) {
        this.ffmpeg = ffmpeg;
        this.limits = limits;
        this.ffprobe = new Ffprobe(ffmpeg, limits);
    }

    /**
     * The content of the file, independent of its name.
     *
     * @throws MediaException NOT_MEDIA, DAMAGED, ENCRYPTED, TOO_LARGE, TOO_LONG, STALLED, DECODER_CRASHED or UNREADABLE
     */
    public MediaInfo probe(Path file) {
        return answers.of(file, this::look);
    }

    private MediaInfo look(Path file) {
        String name = SafeInput.nameOf(file);
        FileKind.rawPhotograph(file).ifPresent(raw -> {
            throw raw.refusal(name);
        });
        if (EncryptedBoxes.isIn(file)) {
            throw new MediaException(Kind.ENCRYPTED, name + " is encrypted (copy protection).");
        }
        Ffprobe.Answer answer = ffprobe.streams(file);
        ProbedStreams streams = new ProbedStreams(
                answer.json(), answer.unlisted(), HeifTransform.read(file), RiffHeader.wholeOverThere(file));
        if (streams.pixels() > limits.pixels() || (!streams.hasVideo() && answer.complainsAboutSize())) {
            throw ffprobe.tooLarge(name);
        }
        if (!streams.hasVideo() && !streams.hasAudio()) {
            throw unreadable(file, streams);
        }
        if (streams.needsDolbyVision()) {
            throw new MediaException(
                    Kind.NOT_MEDIA,
                    name + " is Dolby Vision profile 5, which is not supported.",
                    "Export it as SDR or HDR10, or set the camera to one of these, and drop it again.");
        }
        MediaInfo info = streams.describe(streams.hasVideo() ? ffprobe.beginning(file, streams) : Beginning.NONE);
        if (isTooLong(info)) {
            info = measured(file, info);
        }
        if (isTooLong(info)) {
            throw new MediaException(
                    Kind.TOO_LONG,
                    "%s is %d min long; the limit is %d min."
                            .formatted(
                                    name,
                                    info.duration().toMinutes(),
                                    limits.duration().toMinutes()));
        }
        if (info.video().map(v -> (long) v.width() * v.height()).orElse(0L) > limits.pixels()) {
            throw ffprobe.tooLarge(name);
        }
        return info;
    }

    /**
     * Decodes the first two seconds of the sound.
     *
     * @throws MediaException NO_AUDIO, or DAMAGED when nothing comes out
     */
    public void decodeSoundStart(Path file, MediaInfo info) {
        String name = SafeInput.nameOf(file);
        AudioStream audio = info.requireAudio(name);
        List<String> output = List.of("-map", "0:" + audio.index(), "-t", "2", "-f", "s16le", "pipe:1");
        try (Child child = ffmpeg.read(file, info.container(), List.of(), output)) {
            Future<?> timeout = ffprobe.limitTime(child::kill);
            long bytes = 0;
            byte[] block = new byte[BLOCK_BYTES]; // a wrong sample rate can make two seconds any size
            for (int n = child.read(block); n > 0; n = child.read(block)) {
                bytes += n;
            }
            Exit exit = child.waitForExit();
            timeout.cancel(false);
            if (exit.isViolent() || bytes == 0) {
                throw exit.failure(name, Kind.DAMAGED);
            }
        }
    }

    private boolean isTooLong(MediaInfo info) {
        return info.duration().compareTo(limits.duration()) > 0;
    }

    /** A timestamp jump makes minutes look like a day. If checking takes too long, the file counts as too long. */
    private MediaInfo measured(Path file, MediaInfo info) {
        try (Child child = ffmpeg.probe(file, StreamClock.question(info))) {
            Future<?> timeout = ffprobe.limitTime(child::kill);
            StreamClock clock = StreamClock.read(child.output(), info, () -> {});
            Exit exit = child.waitForExit();
            timeout.cancel(false);
            boolean isWrong = exit.isSuccess() && clock.jumps();
            return isWrong ? info.lasting(Duration.ofMillis(Math.round(clock.seconds() * 1000))) : info;
        } catch (IOException e) {
            return info;
        }
    }

    private static MediaException unreadable(Path file, ProbedStreams streams) {
        String name = SafeInput.nameOf(file);
        return FileKind.of(file)
                .map(kind -> kind.refusal(name))
                .or(() -> streams.unreadable().isEmpty()
                        ? Optional.empty()
                        : Optional.of(FileKind.unreadableCodecs(name, streams.unreadable())))
                .orElseGet(() ->
                        new MediaException(Kind.NOT_MEDIA, name + " has no audio or video stream that is supported."));
    }
}
