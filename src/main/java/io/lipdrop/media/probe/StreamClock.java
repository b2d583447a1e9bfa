package io.lipdrop.media.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The timestamps of a file. Those of a transport or program stream jump if recordings were joined ({@code cat a.ts b.ts}) or a
 * sender was restarted; in other files only if they are damaged. The length of the file is then wrong.
 *
 * @param jumps whether they jump
 * @param seconds length of the stream without the jumps
 */
public record StreamClock(boolean jumps, double seconds) {
    /** Gaps are part of a recording up to ten minutes; a longer step is a damaged timestamp, in any container. */
    public static final int DAMAGED_STEP_SECONDS = 600;

    /** Timestamps of these containers can jump without damage. */
    private static final Set<String> CONTAINERS = Set.of("mpeg", "mpegts");

    /** Other values mean that a packet has no timestamp. */
    private static final Pattern SECONDS = Pattern.compile("-?\\d+\\.\\d+");

    /** Slightly less than FFmpeg's threshold of a jump ({@code -dts_delta_threshold}). */
    private static final double FORWARDS_SECONDS = 9;

    /** As FFmpeg: a smaller step is a rounded or inaccurate timestamp. */
    private static final double BACKWARDS_SECONDS = 0.1;

    /** Whether the container of this file is one whose timestamps can jump. */
    public static boolean mayJump(MediaInfo info) {
        return CONTAINERS.contains(info.container());
    }

    /** The ffprobe query for {@link #read}. */
    public static List<String> question(MediaInfo info) {
        List<String> question = new ArrayList<>(info.unlisted().options());
        question.addAll(List.of("-show_entries", "packet=stream_index,dts_time", "-of", "csv=print_section=0"));
        return question;
    }

    /**
     * Reads to the end. A gap in the video while the sound continues is not a jump; both must have it.
     *
     * @param packets ffprobe's output for {@link #question}
     * @param info the file; its video is used, or its sound if it has no video
     */
    public static StreamClock read(InputStream packets, MediaInfo info, Runnable moved) throws IOException {
        double longest = mayJump(info) ? FORWARDS_SECONDS : DAMAGED_STEP_SECONDS;
        double back = mayJump(info) ? BACKWARDS_SECONDS : DAMAGED_STEP_SECONDS;
        int sound = info.audio().map(AudioStream::index).orElse(-1);
        int stream = info.video().map(VideoStream::index).orElse(sound);
        boolean jumps = false;
        double seconds = 0;
        double last = Double.NaN;
        double latest = Double.NaN;
        BufferedReader lines = new BufferedReader(new InputStreamReader(packets, StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            moved.run();
            String[] fields = line.split(",", -1);
            if (fields.length < 2 || !SECONDS.matcher(fields[1]).matches()) {
                continue; // a packet without a timestamp
            }
            int index = Integer.parseInt(fields[0]);
            double time = Double.parseDouble(fields[1]);
            if (index == stream) {
                double step = time - last;
                boolean isBack = step < -back;
                seconds += !isBack && step <= longest ? step : 0;
                jumps |= isBack;
                latest = isBack ? time : latest;
                last = time;
            }
            if (index == stream || index == sound) {
                jumps |= time - latest > longest;
                latest = Double.isNaN(latest) ? time : Math.max(latest, time);
            }
        }
        return new StreamClock(jumps, seconds);
    }
}
