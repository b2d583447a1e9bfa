package io.lipdrop.sync.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.onnx.Device;
import io.lipdrop.onnx.OnnxModel;
import io.lipdrop.onnx.TinyModels;
import io.lipdrop.onnx.TinyModels.Paints;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.FaceChoice;
import io.lipdrop.sync.face.Landmarks;
import io.lipdrop.sync.face.Models;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.voice.MelSpectrogram;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Faces through networks whose pictures are known functions of what they were given, in the real runtime, and back. */
class NeuralMouthsTest {
    private static final List<String> NAMES = List.of("source", "target", "output");
    private static final int LIP_MIDDLE = 13;
    private static final int CHIN = 152;
    private static final int NOSE_BASE = 2;
    private static final int NOSE_TIP = 4;

    @TempDir
    Path folder;

    private Path voice = Path.of("");
    private final List<Frame> withoutPicture = new ArrayList<>();

    @BeforeEach
    void speak() throws IOException {
        ByteBuffer samples = ByteBuffer.allocate(2 * 32_000).order(ByteOrder.LITTLE_ENDIAN);
        for (int n = 0; n < 32_000; n++) {
            // Silence for half a second, then a buzz that grows.
            double buzz = n < 8000 ? 0 : (n - 8000) / 24_000.0 * ((n * 125L / 16 % 1000) / 500.0 - 1);
            samples.putShort((short) Math.rint(20_000 * buzz));
        }
        voice = Files.write(folder.resolve("voice.s16"), samples.array());
    }

    @ParameterizedTest
    @CsvSource({"96, -1, false", "96, 1, false", "256, 4, false", "288, -1, false", "384, -1, false"})
    void aFaceThatTheNetworkLeavesAsItIsStaysBitByBit(int side, long batch, boolean isHalf) throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.NOTHING, side, batch, isHalf, NAMES);
        Frame before = picture(2, 17);

        Frame after = drawn(file, before, 0, 1);

        assertThat(after.data()).isEqualTo(before.data());
    }

    @Test
    void aHalfPreciseNetworkThatLeavesTheFaceAsItIsChangesNothingToBeSeen() throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.NOTHING, 96, 4, true, NAMES);
        Frame before = picture(2, -20);

        assertThat(most(before, drawn(file, before, 0, 1))).isLessThanOrEqualTo(1);
    }

    @Test
    void anEdTalkFaceThatStaysAsItIsStaysBitByBit() throws IOException {
        Path file = TinyModels.edtalk(folder.resolve("m.onnx"), Paints.NOTHING);
        Frame before = picture(1, 0);

        assertThat(drawn(file, before, 0, 1).data()).isEqualTo(before.data());
    }

    @Test
    void aFacePartlyOutsideTheFrameIsDrawnToo() throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.FIRST_CHANNEL);
        BufferedImage image = Pictures.blank(480, 480, 120);
        Pictures.draw(image, Pictures.astronaut(), 300, 470, 2, 0);
        Frame before = Pictures.frame(image);

        assertThat(most(before, drawn(file, before, 0, 1))).isGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 30", "2, -40", "0.6, 10", "1, 180", "1, 90", "1, -120"})
    void whatIsPaintedBelowLiesTowardsTheChinHoweverLargeAndTurnedTheFaceIs(double scale, double degrees)
            throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.LIGHT_BELOW);
        Frame before = picture(scale, degrees);
        Face face = face(before);

        Frame after = drawn(file, before, 0, 1);

        // The rectangle is about the mouth: its dark half above the middle, its light half below.
        Window window = new Framing(Family.WAV2LIP).around(face);
        float dark = rgb(after, window, 0.5f, TinyModels.TOP + 0.04f)[1];
        float light = rgb(after, window, 0.5f, TinyModels.BOTTOM - 0.04f)[1];
        assertThat(dark).isCloseTo(0.1f, offset(0.06f));
        assertThat(light).isCloseTo(0.9f, offset(0.06f));
        assertThat(window.u(face.x(LIP_MIDDLE), face.y(LIP_MIDDLE))).isCloseTo(0.5f, offset(0.05f));
        assertThat(window.v(face.x(LIP_MIDDLE), face.y(LIP_MIDDLE))).isBetween(0.6f, 0.75f);
        assertThat(window.v(face.x(CHIN), face.y(CHIN))).isBetween(0.92f, 0.98f);
        assertThat(window.v(face.x(Landmarks.LEFT_EYE), face.y(Landmarks.LEFT_EYE)))
                .isLessThan(0.45f);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void whatIsPaintedOnTheRightLiesOnTheRightOfTheFrame(Family family) throws IOException {
        Path file = folder.resolve("m.onnx");
        if (family == Family.WAV2LIP) {
            TinyModels.wav2lip(file, Paints.LIGHT_RIGHT);
        } else {
            TinyModels.edtalk(file, Paints.LIGHT_RIGHT);
        }
        Frame before = picture(2, 0);
        Face face = face(before);

        Frame after = drawn(file, before, 0, 1);

        // Places of the frame, found without the window that cut and paste share.
        int x = Math.round(face.x(LIP_MIDDLE));
        int y = Math.round(face.y(LIP_MIDDLE) + 0.2f * (face.y(CHIN) - face.y(LIP_MIDDLE)));
        int aside = Math.round(0.15f * face.eyeDistance());
        assertThat(rgb(after, x - aside, y)[1]).isCloseTo(0.1f, offset(0.1f));
        assertThat(rgb(after, x + aside, y)[1]).isCloseTo(0.9f, offset(0.1f));
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_A_NUMBER_IN_SILENCE", "INFINITE_IN_SILENCE"})
    void aFaceThatIsNoPictureStaysAsItIsAndSpoilsNoOther(Paints paints) throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), paints);
        Frame picture = picture(1, 0);
        Face face = face(picture);
        Face cut = new Face(face.mesh(), face.depth(), face.lips(), face.score(), face.shot() + 1);
        double silence = 0;
        double voice = 1.5;

        List<Frame> good =
                drawn(file, frames(picture, 3), List.of(face, face, cut), new double[] {voice, voice, voice}, 1, 2);
        assertThat(withoutPicture).isEmpty();
        List<Frame> mixed = drawn(
                file,
                frames(picture, 6),
                List.of(face, face, face, face, cut, cut),
                new double[] {silence, voice, silence, voice, silence, voice},
                1,
                2);

        for (int silent = 0; silent < 6; silent += 2) {
            assertThat(mixed.get(silent).data()).isEqualTo(picture.data());
            assertThat(mixed.get(silent + 1).data())
                    .isEqualTo(good.get(silent / 2).data())
                    .isNotEqualTo(picture.data());
        }
        assertThat(withoutPicture).containsExactlyInAnyOrder(mixed.get(0), mixed.get(2), mixed.get(4));
    }

    private static List<Frame> frames(Frame picture, int count) {
        return Collections.nCopies(count, picture);
    }

    @Test
    void wav2LipSeesBlueFirstAndEdTalkRed() throws IOException {
        Frame before = picture(2, 0);
        Path wav2lip = TinyModels.wav2lip(folder.resolve("w.onnx"), Paints.FIRST_CHANNEL);
        Path edtalk = TinyModels.edtalk(folder.resolve("e.onnx"), Paints.FIRST_CHANNEL);

        float[] blue = mouth(drawn(wav2lip, before, 0, 1), face(before), Family.WAV2LIP);
        float[] red = mouth(drawn(edtalk, before, 0, 1), face(before), Family.EDTALK);

        assertThat(blue).containsExactly(new float[] {0, 0, 1}, offset(0.1f));
        assertThat(red).containsExactly(new float[] {1, 0, 0}, offset(0.1f));
    }

    @Test
    void wav2LipSeesTheLowerHalfMaskedAndTheUpperNot() throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.MASK);
        Frame before = picture(2, 0);
        Face face = face(before);

        Frame after = drawn(file, before, 0, 1);

        Window window = new Framing(Family.WAV2LIP).around(face);
        assertThat(rgb(after, window, 0.5f, 0.75f)[1]).isLessThan(0.06f);
        assertThat(rgb(after, window, 0.5f, 0.62f)[1]).isLessThan(0.06f);
        assertThat(rgb(after, window, 0.5f, 0.4f)).containsExactly(rgb(before, window, 0.5f, 0.4f), offset(0f));
    }

    @Test
    void onlyTheLowerFaceChanges() throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.MASK);
        Frame before = picture(2, 0);
        Face face = face(before);

        Frame after = drawn(file, before, 0, 1);

        Window window = new Framing(Family.WAV2LIP).around(face);
        List<String> changed = new ArrayList<>();
        for (int y = 0; y < before.height(); y++) {
            for (int x = 0; x < before.width(); x++) {
                boolean isAbove = y < Math.min(face.y(NOSE_BASE), face.y(NOSE_TIP)) - 0.06f * window.height();
                boolean isOutside = window.u(x, y) < 0 || window.u(x, y) > 1 || window.v(x, y) > 1;
                int at = y * before.width() + x;
                if ((isAbove || isOutside) && after.data()[at] != before.data()[at]) {
                    changed.add(x + ", " + y);
                }
            }
        }
        assertThat(changed).isEmpty();
    }

    @Test
    void theSeamIsSoft() throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.MASK);
        Frame before = Pictures.frame(Pictures.blank(800, 800, 200));
        Face face = face(picture(2, 0));

        Frame after = drawn(file, List.of(before), List.of(face), new double[] {0}, 1, 1)
                .get(0);

        int steepest = 0;
        for (int y = 1; y < 800; y++) {
            for (int x = 1; x < 800; x++) {
                int at = y * 800 + x;
                int value = after.data()[at] & 255;
                steepest = Math.max(steepest, Math.abs(value - (after.data()[at - 1] & 255)));
                steepest = Math.max(steepest, Math.abs(value - (after.data()[at - 800] & 255)));
            }
        }
        assertThat(most(before, after)).isGreaterThan(150);
        assertThat(steepest).isLessThan(30);
    }

    @ParameterizedTest
    @CsvSource({"1, -1", "3, -1", "5, 4", "5, 1"})
    void eachFrameGetsTheSoundOfItsMomentInGroupsOfAnySize(int group, long batch) throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.MEL, 96, batch, false, NAMES);
        Frame picture = picture(1, 0);
        Face face = face(picture);
        List<Frame> frames = new ArrayList<>();
        List<Face> faces = new ArrayList<>();
        double[] seconds = new double[9];
        for (int i = 0; i < seconds.length; i++) {
            frames.add(Pictures.copy(picture));
            faces.add(face);
            seconds[i] = -0.1 + 0.23 * i;
        }

        List<Frame> after = drawn(file, frames, faces, seconds, 1, group);

        float[] window = new float[80 * 16];
        List<Float> heard = new ArrayList<>();
        try (MelSpectrogram mel = new MelSpectrogram(voice)) {
            for (int i = 0; i < seconds.length; i++) {
                mel.window(seconds[i], window);
                float sum = 0;
                for (int band = 0; band < 80; band++) {
                    sum += window[band * 16];
                }
                heard.add((sum / 80 + 4) / 8);
                assertThat(mouth(after.get(i), face, Family.WAV2LIP)[1])
                        .as("frame %d", i)
                        .isCloseTo(heard.get(i), offset(0.02f));
            }
        }
        assertThat(heard.get(8) - heard.get(0)).isGreaterThan(0.3f);
    }

    @Test
    void edTalkIsAskedForHalfOfItsEffect() throws IOException {
        Path file = TinyModels.edtalk(folder.resolve("m.onnx"), Paints.WEIGHT);
        Frame before = picture(2, 0);

        float[] grey = mouth(drawn(file, before, 0, 1), face(before), Family.EDTALK);

        assertThat(grey).containsExactly(new float[] {0.5f, 0.5f, 0.5f}, offset(0.03f));
    }

    @Test
    void theEffectFadesWithItsStrength() throws IOException {
        Path file = TinyModels.wav2lip(folder.resolve("m.onnx"), Paints.FIRST_CHANNEL);
        Frame before = picture(2, 0);

        int half = most(before, drawn(file, before, 0, 0.5f));
        int whole = most(before, drawn(file, before, 0, 1));

        assertThat(drawn(file, before, 0, 0).data()).isEqualTo(before.data());
        assertThat((double) half / whole).isBetween(0.4, 0.6);
    }

    private Frame drawn(Path file, Frame before, double seconds, float strength) throws IOException {
        List<Frame> frames = List.of(Pictures.copy(before));
        return drawn(file, frames, List.of(face(before)), new double[] {seconds}, strength, 2)
                .get(0);
    }

    private List<Frame> drawn(
            Path file, List<Frame> frames, List<Face> faces, double[] seconds, float strength, int groupSize)
            throws IOException {
        List<Frame> results = new ArrayList<>();
        Network network = Network.of(OnnxModel.look(file)).orElseThrow();
        try (NeuralModel model = NeuralModel.open(file, network, Device.CPU, 2);
                NeuralMouths mouths = new NeuralMouths(model, new MelSpectrogram(voice), Colours.of("unknown"))) {
            NeuralMouths.FaceGroup group = mouths.group(groupSize);
            for (int i = 0; i < frames.size(); i++) {
                Frame frame = Pictures.copy(frames.get(i));
                results.add(frame);
                mouths.add(group, frame, faces.get(i), seconds[i], strength);
                if (results.size() % groupSize == 0 || i == frames.size() - 1) {
                    group.infer();
                    withoutPicture.addAll(mouths.draw(group));
                }
            }
        }
        return results;
    }

    /** The portrait, larger and turned. */
    private static Frame picture(double scale, double degrees) {
        BufferedImage image = Pictures.blank(800, 800, 120);
        Pictures.draw(image, Pictures.astronaut(), 400 + 30 * scale, 400 + 120 * scale, scale, degrees);
        return Pictures.frame(image);
    }

    private static Face face(Frame frame) {
        return Objects.requireNonNull(Models.tracker(FaceChoice.LARGEST).follow(frame));
    }

    private static float[] mouth(Frame frame, Face face, Family family) {
        Window window = new Framing(family).around(face);
        return rgb(frame, window, 0.5f, (TinyModels.TOP + TinyModels.BOTTOM) / 2 - 0.02f);
    }

    private static float[] rgb(Frame frame, Window window, float u, float v) {
        return rgb(frame, Math.round(window.frameX(u, v)), Math.round(window.frameY(u, v)));
    }

    private static float[] rgb(Frame frame, int x, int y) {
        int chroma = y / 2 * (frame.width() / 2) + x / 2;
        byte[] data = frame.data();
        float[] rgb = new float[3];
        Colours.of("unknown")
                .toRgb(
                        data[y * frame.width() + x] & 255,
                        data[frame.cbOffset() + chroma] & 255,
                        data[frame.crOffset() + chroma] & 255,
                        rgb);
        return rgb;
    }

    private static int most(Frame a, Frame b) {
        int most = 0;
        for (int i = 0; i < a.data().length; i++) {
            most = Math.max(most, Math.abs((a.data()[i] & 255) - (b.data()[i] & 255)));
        }
        return most;
    }
}
