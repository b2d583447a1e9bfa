package io.lipdrop.sync.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.Graph;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.sync.warp.Talker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaceMeshTest {
    private static final float EYES = 100;

    @TempDir
    Path folder;

    @Test
    void measuresTheMouthInTheMeanOfBothMeshes() throws IOException {
        BufferedImage image = Pictures.blank(720, 720, 90);
        Pictures.draw(image, Pictures.astronaut(), 360, 360, 1, 0);
        Frame frame = Pictures.frame(image);
        Face face = Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(frame));

        MouthSize small = measured(frame, face, 0.2f, 0.4f);
        MouthSize large = measured(frame, face, 0.4f, 0.6f);

        assertThat(large.opening() - small.opening()).as("half of 0.2").isCloseTo(0.1f, within(1e-4f));
        assertThat(large.width() - small.width()).as("half of 0.2").isCloseTo(0.1f, within(1e-4f));
        assertThat(2 * small.opening() - 0.2f + 0.015f).as("the other half").isCloseTo(face.opening(), within(0.03f));
        assertThat(large.apart()).isEqualTo(small.apart());
    }

    @Test
    void seesLipsShutOnlyIfBothMeshesDo() throws IOException {
        Frame frame = Talker.saying(0);
        Face face = Talker.faceIn(frame);

        assertThat(measured(frame, face, 0.015f, 0.6f).opening()).as("both").isLessThan(0.01f);
        assertThat(measured(frame, face, 0.035f, 0.6f).opening()).as("one").isGreaterThan(0.015f);
    }

    private MouthSize measured(Frame frame, Face face, float opening, float width) throws IOException {
        try (OnnxModel plain = OnnxModel.open(seeing(opening, width), Device.CPU)) {
            return new FaceMesh(Models.MESH, plain).size(frame, Square.around(face));
        }
    }

    /** A mesh that sees this mouth everywhere. */
    private Path seeing(float opening, float width) throws IOException {
        float[] points = new float[3 * Face.POINTS];
        points[3 * Landmarks.LEFT_EYE] = EYES;
        for (int k = 4; k <= 6; k++) {
            points[3 * Landmarks.meshPoint(Landmarks.LipRing.INNER.lower(k)) + 1] = EYES * opening;
        }
        points[3 * Landmarks.meshPoint(Landmarks.LipRing.OUTER.lower(Landmarks.LIP_ALONG - 1))] = EYES * width;
        Graph graph = new Graph(false).input("input", 1, 3, 192, 192).output("landmarks", 1, Face.POINTS, 3);
        graph.named("landmarks", "Identity", List.of(graph.constant(points, 1, Face.POINTS, 3)));
        return graph.write(folder.resolve(opening + ".onnx"));
    }
}
