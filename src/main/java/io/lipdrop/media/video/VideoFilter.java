package io.lipdrop.media.video;

import io.lipdrop.media.ffmpeg.SafeInput;
import io.lipdrop.media.frame.Colour;
import io.lipdrop.media.probe.DynamicRange;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.StreamClock;
import io.lipdrop.media.probe.VideoStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The FFmpeg options of {@link VideoReader}: which part of the file to decode, and the filters that convert every source to
 * one format.
 *
 * <p>Time: all stamps are the file's own ({@code -copyts}); from each the first frame's place on the grid is taken off,
 * snapped to a whole frame, so that sound and picture keep their distance to within half a frame and stamps that were
 * rounded to milliseconds stay clear of the limits between frames. From the beginning of a stream whose clock may jump they
 * are counted from the first picture's instead, which is what FFmpeg does by itself, and then mends a clock that is set back.
 */
public final class VideoFilter {
    /** Containers that seek by byte position or a sparse index: start earlier, or from the start of the file. */
    private static final Set<String> INEXACT_SEEK = Set.of("mpeg", "mpegts", "mpegvideo", "asf", "ogg", "flv", "avi");

    /** Each frame needs the earlier ones, and no index has key frames; such files are short. */
    private static final Set<String> NO_SEEK = Set.of("gif", "apng");

    /**
     * Half of what the clock of such a stream can count, 2³³ / 90 kHz: a longer step forwards is a step back. Shorter ones
     * stay, because the image may stand while the sound continues.
     */
    private static final String LONGEST_STEP_SECONDS = "47721";

    private static final double SLACK_SECONDS = 0.25;
    private static final double INEXACT_SLACK_SECONDS = 10;
    private static final int HIGH_DEFINITION_ROWS = 720;

    /** Planes of a smaller frame may have fewer lines than the deinterlacer needs. */
    private static final int MIN_INTERLACED_SIDE = 16;

    private static final long TICKS = 1000;

    private final VideoStream video;
    private final Colour source;
    private final DynamicRange range;
    private final long firstFrame;
    private final double origin;

    VideoFilter(MediaInfo info, Path file, long firstFrame) {
        this.video = info.requireVideo(SafeInput.nameOf(file));
        this.source = info.source();
        this.range = info.range();
        this.firstFrame = firstFrame;
        this.origin = origin(info) - (countsFromTheFirstPicture(info, firstFrame) ? video.startSeconds() : 0);
    }

    /** Input options, among them those that skip what lies well before {@code firstFrame}; never beyond it. */
    static List<String> inputOf(MediaInfo info, long firstFrame) {
        List<String> options = new ArrayList<>(List.of("-noautorotate", "-reinit_filter", "0"));
        if (info.assembly().isTiled()) {
            options.addAll(List.of("-threads", "1")); // of each decoder, and there is one for each tile
        }
        if (countsFromTheFirstPicture(info, firstFrame)) {
            options.addAll(List.of("-dts_delta_threshold", LONGEST_STEP_SECONDS));
            return options;
        }
        options.add("-copyts");
        double target = target(info, firstFrame);
        if (target > 0) {
            options.addAll(List.of("-noaccurate_seek", "-ss", String.format(Locale.ROOT, "%.6f", target)));
        }
        return options;
    }

    private static boolean countsFromTheFirstPicture(MediaInfo info, long firstFrame) {
        return StreamClock.mayJump(info) && target(info, firstFrame) <= 0;
    }

    /** Seconds after the file's start where decoding must begin. */
    private static double target(MediaInfo info, long firstFrame) {
        VideoStream video = info.video().orElseThrow();
        double slack = INEXACT_SEEK.contains(info.container()) ? INEXACT_SLACK_SECONDS : SLACK_SECONDS;
        boolean isWhole = firstFrame == 0 || NO_SEEK.contains(info.container());
        return isWhole ? 0 : video.rate().secondsOf(firstFrame) + origin(info) - info.startSeconds() - slack;
    }

    /** Output options: the one picture, through {@code filter}, as it comes. */
    static List<String> outputOf(MediaInfo info, String filter) {
        List<String> options = new ArrayList<>(info.assembly().output(filter));
        options.addAll(List.of("-fps_mode", "passthrough"));
        return options;
    }

    String forwards() {
        return chain().toString();
    }

    String backwards(int frames) {
        return chain().add("trim=end_frame=" + frames).add("reverse").toString();
    }

    /** Frames at their own rate, at most {@code perSecond}. */
    String looks(double perSecond) {
        return chain(select(perSecond)).toString();
    }

    /** The same of the first {@code seconds}. */
    String looksUntil(double perSecond, double seconds) {
        return chain(String.format(Locale.ROOT, "trim=end=%.6f,%s", seconds, select(perSecond)))
                .toString();
    }

    private String select(double perSecond) {
        double apart = 1 / perSecond - 0.5 / video.rate().value();
        return String.format(Locale.ROOT, "select='isnan(prev_selected_t)+gte(abs(t-prev_selected_t),%.6f)'", apart);
    }

    private StringJoiner chain() {
        return chain(String.format(
                Locale.ROOT,
                "fps=fps=%s:start_time=%.6f:round=near",
                video.rate(),
                video.rate().secondsOf(firstFrame)));
    }

    private StringJoiner chain(String choice) {
        StringJoiner chain = new StringJoiner(",");
        if (mayBeInterlaced()) {
            // Only flagged frames change. A video whose size decreases would crash the filter, so scaling comes first.
            chain.add("scale=%d:%d".formatted(video.storedWidth(), video.storedHeight()))
                    .add("bwdif=mode=send_frame:deint=interlaced");
        }
        if (video.repeats() > 1) {
            // AVI may count in the frames of the source: no place between them could be asked for.
            chain.add("settb=1/" + video.rate().num() * TICKS);
        }
        chain.add(clock());
        chain.add(choice);
        if (hasAlpha()) {
            chain.add(isRgb() ? "format=gbrap" : "format=yuva444p").add("premultiply=inplace=1");
        }
        if (range != DynamicRange.STANDARD) {
            chain.add(range.toStandard(source, isRgb()));
        }
        String matrix = isRgb() && range == DynamicRange.STANDARD ? ":out_color_matrix=" + matrix(video) : "";
        chain.add("scale=%d:%d:flags=bicubic+accurate_rnd+full_chroma_int:out_range=limited%s"
                .formatted(video.storedWidth(), video.storedHeight(), matrix));
        chain.add("format=yuv420p");
        if (!video.orientation().filter().isEmpty()) {
            chain.add(video.orientation().filter());
        }
        return chain;
    }

    /**
     * Frames count from the origin. If a timestamp is damaged, the frame and the one after it follow the one before; a first frame
     * begins at the origin.
     */
    private String clock() {
        int step = StreamClock.DAMAGED_STEP_SECONDS;
        double latest = video.rate().secondsOf(firstFrame) + step;
        String since = String.format(Locale.ROOT, "PTS-(%.6f)/TB", origin);
        String late = String.format(Locale.ROOT, "if(gt(%s,%.6f/TB),%s,0)", since, latest, since);
        String jump = "if(gt(abs(PTS-PREV_INPTS),%d/TB),PTS-PREV_INPTS-%d/%d/TB,0)"
                .formatted(step, video.rate().den(), video.rate().num());
        return "setpts='%s-st(0,ld(0)+if(isnan(PREV_INPTS),%s,%s))'".formatted(since, late, jump);
    }

    private boolean mayBeInterlaced() {
        return video.format().startsWith("yuv")
                && !video.isStill()
                && Math.min(video.width(), video.height()) >= MIN_INTERLACED_SIDE;
    }

    private boolean hasAlpha() {
        return video.format().matches("yuva.*|.*rgba.*|.*bgra.*|argb.*|abgr.*|gbrap.*|ya.*");
    }

    /** Whether we choose the conversion to luma and chroma: RGB, or grey with alpha, which is converted through RGB. */
    private boolean isRgb() {
        return video.format().matches(".*(rgb|bgr|gbr|pal8).*|ya\\d.*");
    }

    /** The matrix of a result whose source is RGB. */
    public static String matrix(VideoStream video) {
        return Math.min(video.width(), video.height()) >= HIGH_DEFINITION_ROWS ? "bt709" : "smpte170m";
    }

    /** The value subtracted from every timestamp, so that the first frame is a whole number of frames after the file's start. */
    private static double origin(MediaInfo info) {
        VideoStream video = info.video().orElseThrow();
        double late = info.audio().isPresent() ? Math.max(0, video.lateSeconds()) : 0;
        return video.startSeconds() - video.rate().secondsOf(video.rate().framesIn(late));
    }
}
