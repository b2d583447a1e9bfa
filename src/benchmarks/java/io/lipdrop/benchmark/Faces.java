package io.lipdrop.benchmark;

import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.frame.Frame;
import io.lipdrop.media.probe.MediaInfo;
import io.lipdrop.media.probe.MediaProbe;
import io.lipdrop.media.probe.VideoStream;
import io.lipdrop.media.video.VideoReader;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.FaceTracker;
import io.lipdrop.sync.face.Landmarks;
import io.lipdrop.sync.face.OtherMesh;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows the face through whole videos, frame by frame and without smoothing, and measures its mouth. */
final class Faces implements AutoCloseable {
    private static final double[] NO_FACE = {Double.NaN, Double.NaN};

    private final Ffmpeg ffmpeg;
    private final MediaProbe probe;
    private final OnnxModel detector;
    private final OnnxModel mesh;
    private final OnnxModel plainMesh;
    private final @Nullable OnnxModel judge;

    /**
     * Opens the networks.
     *
     * @param judge another mesh network to measure mouths with; null takes the product's own
     */
    Faces(Ffmpeg ffmpeg, Path models, @Nullable Path judge) {
        this.ffmpeg = ffmpeg;
        this.probe = new MediaProbe(ffmpeg);
        this.detector = OnnxModel.open(models.resolve("face_detection_back_256x256.onnx"), Device.CPU);
        this.mesh = OnnxModel.open(models.resolve("face_landmark_with_attention.onnx"), Device.CPU);
        this.plainMesh = OnnxModel.open(models.resolve("face_landmark.onnx"), Device.CPU);
        this.judge = judge == null ? null : OnnxModel.open(judge, Device.CPU);
    }

    FaceTracker tracker() {
        return new FaceTracker(detector, mesh, plainMesh, FaceChoice.LARGEST);
    }

    Mouth mouthOf(Path video) {
        MediaInfo info = probe.probe(video);
        VideoStream stream = info.video().orElseThrow();
        FaceTracker tracker = tracker();
        OtherMesh other = judge == null ? null : new OtherMesh(judge);
        List<double[]> mouths = new ArrayList<>();
        Frame frame = stream.newFrame();
        try (VideoReader reader = VideoReader.open(ffmpeg, video, info, 0)) {
            while (reader.next(frame) != null) {
                Face face = tracker.follow(frame);
                float[] points = face == null ? null : other == null ? face.mesh() : other.place(frame, face);
                mouths.add(points == null ? NO_FACE : new double[] {openingOf(points), widthOf(points)});
            }
        }
        return new Mouth(
                mouths.stream().mapToDouble(mouth -> mouth[0]).toArray(),
                mouths.stream().mapToDouble(mouth -> mouth[1]).toArray(),
                stream.rate().value());
    }

    /**
     * How much a result's picture changes from frame to frame round the mouth, over how much its source's does: means of the
     * luma's change in a box round the mouth that the source shows, as far as both go forwards together.
     */
    double changeOfMouth(Path source, Path result) {
        MediaInfo info = probe.probe(source);
        MediaInfo resultInfo = probe.probe(result);
        FaceTracker tracker = tracker();
        FrameChange ours = new FrameChange();
        FrameChange own = new FrameChange();
        Frame frame = info.video().orElseThrow().newFrame();
        Frame drawn = resultInfo.video().orElseThrow().newFrame();
        try (VideoReader reader = VideoReader.open(ffmpeg, source, info, 0);
                VideoReader other = VideoReader.open(ffmpeg, result, resultInfo, 0)) {
            while (reader.next(frame) != null && other.next(drawn) != null) {
                Face face = tracker.follow(frame);
                own.see(frame, face);
                ours.see(drawn, face);
            }
        }
        return ours.mean() / own.mean();
    }

    /** Mean of three gaps between the inner lips. */
    private static double openingOf(float[] mesh) {
        return (distance(mesh, 13, 14) + distance(mesh, 82, 87) + distance(mesh, 312, 317)) / 3 / eyes(mesh);
    }

    private static double widthOf(float[] mesh) {
        return distance(mesh, 61, 291) / eyes(mesh);
    }

    private static double eyes(float[] mesh) {
        return distance(mesh, Landmarks.RIGHT_EYE, Landmarks.LEFT_EYE);
    }

    private static double distance(float[] mesh, int a, int b) {
        return Math.hypot(mesh[2 * a] - mesh[2 * b], mesh[2 * a + 1] - mesh[2 * b + 1]);
    }

    @Override
    public void close() {
        detector.close();
        mesh.close();
        plainMesh.close();
        if (judge != null) {
            judge.close();
        }
    }
}
