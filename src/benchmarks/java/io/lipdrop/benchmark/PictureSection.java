package io.lipdrop.benchmark;

import static io.lipdrop.benchmark.Table.number;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.video.LoopedVideo;
import io.lipdrop.media.video.LoopedVideo.Fill;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether every pixel away from the mouth is still the source's own. */
final class PictureSection implements Section {
    private static final double LEAST_DECIBELS = 40;

    @Override
    public void measure(Workshop workshop, Table table) throws IOException {
        List<Path> clips = new ArrayList<>(List.of(
                Workshop.PORTRAIT, workshop.talkingClip(workshop.settings().isQuick() ? 4 : 10)));
        clips.addAll(workshop.settings().files());
        try (Application application = workshop.start("picture");
                Faces faces = workshop.faces()) {
            for (Path clip : clips) {
                Path plain = workshop.file("plain.mp4");
                List<String> encode = new ArrayList<>(List.of("-i", clip.toString(), "-an"));
                encode.addAll(workshop.program().encoderOptions());
                workshop.program().run(encode, plain);
                Path result = application.render(Workshop.stem(clip), Workshop.VOICE, clip);
                double ours = decibels(workshop.ffmpeg(), faces, clip, result);
                table.row(
                        "PSNR outside the mouth, " + Workshop.stem(clip),
                        number(
                                "%.1f dB (encoder alone %.1f dB)",
                                ours, decibels(workshop.ffmpeg(), faces, clip, plain)),
                        ">= 40 dB",
                        ours >= LEAST_DECIBELS);
            }
        }
    }

    /** Mean over the frames with a face. */
    static double decibels(Ffmpeg ffmpeg, Faces faces, Path source, Path result) {
        MediaProbe probe = new MediaProbe(ffmpeg);
        MediaInfo before = probe.probe(source);
        MediaInfo after = probe.probe(result);
        FaceTracker tracker = faces.tracker();
        Frame a = before.video().orElseThrow().newFrame();
        Frame b = after.video().orElseThrow().newFrame();
        List<Double> decibels = new ArrayList<>();
        try (LoopedVideo sources = LoopedVideo.open(ffmpeg, source, before, Fill.PINGPONG, Long.MAX_VALUE, 0, 0);
                VideoReader results = VideoReader.open(ffmpeg, result, after, 0)) {
            while (results.next(b) != null && sources.next(a) != null) {
                Face face = tracker.follow(a);
                if (face != null) {
                    decibels.add(new OutsideTheMouth(face).psnr(a, b));
                }
            }
        }
        return decibels.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    }
}
