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
 * How the clock of a transport or program stream goes from packet to packet. It jumps where recordings were joined
 * ({@code cat a.ts b.ts}) or a sender was started anew; what the file seems to last is then wrong.
 *
 * @param jumps whether it does
 * @param seconds how long the stream is if it goes on at once behind each jump
 */
public record StreamClock(boolean jumps, double seconds) {
    /** No other container has a clock of its own that may be set anew in the middle. */
    private static final Set<String> CONTAINERS = Set.of("mpeg", "mpegts");

    /** What else stands there is that a packet has no stamp. */
    private static final Pattern SECONDS = Pattern.compile("-?\\d+\\.\\d+");

    /** A little less than what FFmpeg takes for a jump ({@code -dts_delta_threshold}). */
    private static final double FORWARDS_SECONDS = 9;

    /** As FFmpeg: less is a stamp that was rounded or set badly. */
    private static final double BACKWARDS_SECONDS = 0.1;

    public static boolean mayJump(MediaInfo info) {
        return CONTAINERS.contains(info.container());
    }

    /** What ffprobe is asked for {@link #read}. */
    public static List<String> question(MediaInfo info) {
        List<String> question = new ArrayList<>(info.unlisted().options());
        question.addAll(List.of("-show_entries", "packet=stream_index,dts_time", "-of", "csv=print_section=0"));
        return question;
    }

    /**
     * Reads to the end. A picture that stands while the sound goes on is no jump: only what both pass over is.
     *
     * @param packets what ffprobe answers to {@link #question}
     * @param info whose picture is meant, or whose sound where there is no picture
     */
    public static StreamClock read(InputStream packets, MediaInfo info, Runnable moved) throws IOException {
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
                continue; // a packet without a stamp
            }
            int index = Integer.parseInt(fields[0]);
            double time = Double.parseDouble(fields[1]);
            if (index == stream) {
                double step = time - last;
                boolean isBack = step < -BACKWARDS_SECONDS;
                seconds += !isBack && step <= FORWARDS_SECONDS ? step : 0;
                jumps |= isBack;
                latest = isBack ? time : latest;
                last = time;
            }
            if (index == stream || index == sound) {
                jumps |= time - latest > FORWARDS_SECONDS;
                latest = Double.isNaN(latest) ? time : Math.max(latest, time);
            }
        }
        return new StreamClock(jumps, seconds);
    }
}
