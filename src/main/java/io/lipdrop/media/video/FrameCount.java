package io.lipdrop.media.video;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.probe.MediaInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the frames that {@link VideoReader} would deliver, without transferring them. */
public final class FrameCount {
    private static final Pattern FRAME = Pattern.compile("(?m)^frame=\\s*(\\d+)");

    private FrameCount() {}

    /**
     * Counts up to {@code most}.
     *
     * @param abort ends it from another thread; it fails with STALLED then
     */
    public static long of(Ffmpeg ffmpeg, Path file, MediaInfo info, long most, Abort abort) {
        List<String> output = new ArrayList<>(VideoFilter.outputOf(info, new VideoFilter(info, file, 0).forwards()));
        output.addAll(List.of("-frames:v", Long.toString(most), "-f", "null", "-progress", "pipe:1", "-"));
        List<String> input = VideoFilter.inputOf(info, 0);
        try (Child child = abort.guard(ffmpeg.read(file, info.container(), input, output))) {
            Matcher frame = FRAME.matcher(new String(child.output().readAllBytes(), StandardCharsets.US_ASCII));
            long count = 0;
            while (frame.find()) {
                count = Long.parseLong(frame.group(1));
            }
            Exit exit = child.waitForExit();
            if (exit.isViolent() || count == 0) {
                throw exit.failure(SafeInput.nameOf(file), Kind.DAMAGED);
            }
            return count;
        } catch (IOException e) {
            throw new MediaException(Kind.STALLED, "Reading " + SafeInput.nameOf(file) + " was stopped.", e);
        }
    }
}
