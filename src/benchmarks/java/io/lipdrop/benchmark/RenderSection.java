package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.MouthPainter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/** The two steps between decoder and encoder, on one thread: following the face, and drawing the mouth. */
final class RenderSection implements Section {
    private static final double MOST_MILLIS = 6;
    private static final int WARM_UP_FRAMES = 100;
    private static final int SECONDS = 12;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public void measure(Workshop workshop, Table table) {
        Path clip = workshop.talkingClip(SECONDS);
        MediaInfo info = new MediaProbe(workshop.ffmpeg()).probe(clip);
        Frame frame = info.video().orElseThrow().newFrame();
        MouthPainter painter = new MouthPainter();
        long tracking = 0;
        long painting = 0;
        int count = 0;
        try (Faces faces = workshop.faces();
                VideoReader reader = VideoReader.open(workshop.ffmpeg(), clip, info, 0)) {
            FaceTracker tracker = faces.tracker();
            for (int i = 0; reader.next(frame) != null; i++) {
                long start = threads.getCurrentThreadCpuTime();
                Face face = tracker.follow(frame);
                long tracked = threads.getCurrentThreadCpuTime();
                if (face != null) {
                    painter.paint(frame, face, shape(i), 1);
                }
                if (i >= WARM_UP_FRAMES) {
                    tracking += tracked - start;
                    painting += threads.getCurrentThreadCpuTime() - tracked;
                    count++;
                }
            }
        }
        double millis = painting / 1e6 / count;
        table.row("drawing the mouth, CPU a frame, 720p", number("%.2f ms", millis), "<= 6 ms", millis <= MOST_MILLIS);
        table.row("following the face, CPU a frame, 720p", number("%.2f ms", tracking / 1e6 / count));
    }

    /** A mouth that opens and closes four times a second. */
    private static MouthShape shape(int frame) {
        return new MouthShape((float) (0.1 - 0.1 * Math.cos(frame)), (float) (0.05 * Math.sin(frame / 3.0)), 0, 0, 0);
    }
}
