package io.lipdrop.sync.warp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.face.TrackSmoother;
import io.lipdrop.sync.face.Tracked;
import io.lipdrop.sync.pixel.Quantiles;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.voice.MouthTrack;
import io.lipdrop.sync.voice.VoiceToMouth;
import io.lipdrop.sync.warp.own.MouthBank;
import io.lipdrop.sync.warp.shape.Cue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Drives a clip's mouth with a series of openings (and widths), one a line, 25 a second; then the frames are 25 a second too.
 * Arguments: clip, series (or a number), result, and any of {@code still} (the first frame only), {@code frames=N}.
 */
final class Drive {
    private Drive() {}

    public static void main(String[] args) throws IOException {
        List<MouthShape> shapes = shapes(args[1]);
        Files.write(
                Path.of(args[2] + ".txt"),
                shapes.stream().map(s -> s.opening() + " " + s.width()).toList());
        boolean still = List.of(args).contains("still");
        int most = shapes.size() > 1 ? shapes.size() : 125;
        try (OnnxModel detector = OnnxModel.open(Path.of("models/face_detection_back_256x256.onnx"), Device.CPU);
                OnnxModel mesh = OnnxModel.open(Path.of("models/face_landmark_with_attention.onnx"), Device.CPU);
                Clip.Reader clip = Clip.read(Path.of(args[0]));
                Clip.Writer out = Clip.write(Path.of(args[2]), clip.width(), clip.height(), "25")) {
            FaceTracker tracker = new FaceTracker(detector, mesh, FaceChoice.LARGEST);
            TrackSmoother smoother = new TrackSmoother();
            MouthPainter painter = new MouthPainter();
            if (List.of(args).contains("own")) {
                MouthBank bank = bank(Path.of(args[0]), detector, mesh);
                painter.show(bank, 25);
                painter.expect(Quantiles.of(
                        values(shapes.stream().map(MouthShape::opening).toList()), 0.95f));
            }
            Deque<Frame> frames = new ArrayDeque<>();
            long tracking = 0;
            long[] painting = new long[1];
            int done = 0;
            Frame first = still ? clip.next() : null;
            int read = 0;
            for (; read < most; read++) {
                Frame frame = first != null ? Pictures.copy(first) : clip.next();
                if (frame == null) {
                    break;
                }
                long t = cpu();
                Face face = tracker.follow(frame);
                tracking += cpu() - t;
                frames.add(frame);
                List<Tracked> ready = new ArrayList<>();
                smoother.push(face).ifPresent(ready::add);
                done = emit(ready, frames, painter, shapes, done, out, painting);
            }
            emit(smoother.flush(), frames, painter, shapes, done, out, painting);
            System.out.printf(
                    "%s %d frames, CPU a frame: track %.2f ms, paint %.2f ms%n",
                    args[2], read, tracking / 1e6 / read, painting[0] / 1e6 / read);
        }
    }

    private static int emit(
            List<Tracked> ready,
            Deque<Frame> frames,
            MouthPainter painter,
            List<MouthShape> shapes,
            int done,
            Clip.Writer out,
            long[] nanos)
            throws IOException {
        int count = done;
        for (Tracked tracked : ready) {
            Frame frame = frames.remove();
            Face face = tracked.face();
            long t = cpu();
            if (face != null) {
                int now = count;
                Cue cue = new Cue(
                        ahead -> shapes.get(Math.min(now + ahead, shapes.size() - 1)), now, shapes.size() + 100L - now);
                painter.paint(frame, face, cue, tracked.strength());
            }
            nanos[0] += cpu() - t;
            out.write(frame);
            count++;
        }
        return count;
    }

    private static float[] values(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    private static MouthBank bank(Path file, OnnxModel detector, OnnxModel mesh) throws IOException {
        FaceTracker tracker = new FaceTracker(detector, mesh, FaceChoice.LARGEST);
        MouthBank bank = new MouthBank();
        try (Clip.Reader clip = Clip.read(file)) {
            int number = 0;
            for (Frame next = clip.next(); next != null; next = clip.next()) {
                Frame frame = next;
                Face face = number++ % 2 == 0 ? tracker.follow(frame) : null;
                if (face != null) {
                    bank.look(frame, face, () -> tracker.measure(frame, face));
                }
            }
        }
        bank.close();
        System.out.printf("%d looks, %d KB%n", bank.looks().size(), bank.bytes() / 1000);
        return bank;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<MouthShape> shapes(String from) throws IOException {
        if (from.endsWith(".s16")) {
            try (OnnxModel model = OnnxModel.open(Path.of("models/voice_to_mouth.onnx"), Device.CPU)) {
                MouthTrack track = new VoiceToMouth(model).hear(Path.of(from), () -> {});
                List<MouthShape> shapes = new ArrayList<>();
                for (int i = 0; i < Files.size(Path.of(from)) / 32000.0 * 25; i++) {
                    shapes.add(track.at(i / 25.0));
                }
                return shapes;
            }
        }
        if (!Files.exists(Path.of(from))) {
            return List.of(new MouthShape(Float.parseFloat(from), 0, 0, 0, 0));
        }
        List<MouthShape> shapes = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(from))) {
            String[] values = line.split(" ", -1);
            float width = values.length > 1 ? Float.parseFloat(values[1]) : 0;
            shapes.add(new MouthShape(Float.parseFloat(values[0]), width, 0, 0, 0));
        }
        return shapes;
    }
}
