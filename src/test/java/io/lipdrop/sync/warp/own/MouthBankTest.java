package io.lipdrop.sync.warp.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.MouthSize;
import io.lipdrop.sync.face.Pictures;
import io.lipdrop.sync.warp.Talker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MouthBankTest {
    @Test
    void isReadAsItWasWritten() throws IOException {
        MouthBank bank = Talker.bank(Talker.talking(8, 0.1f));

        MouthBank read = MouthFile.read(new DataInputStream(new ByteArrayInputStream(bytes(bank))));

        assertThat(bytes(read)).isEqualTo(bytes(bank));
        assertThat(read.looks()).hasSameSizeAs(bank.looks());
        assertThat(read.looks().get(3).opening).isEqualTo(bank.looks().get(3).opening);
        assertThat(read.looks().get(3).thickness).isEqualTo(bank.looks().get(3).thickness);
    }

    @Test
    void refusesWhatIsCutShortOrOfAnotherVersion() throws IOException {
        byte[] bytes = bytes(Talker.bank(Talker.talking(3, 0.1f)));
        byte[] other = bytes.clone();
        other[3]++;

        for (byte[] bad : List.of(java.util.Arrays.copyOf(bytes, bytes.length / 2), other, new byte[0])) {
            assertThatThrownBy(() -> MouthFile.read(new DataInputStream(new ByteArrayInputStream(bad))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void leavesOutWhatIsHiddenTurnedAwayOrBlurred() {
        Frame frame = Talker.portrait();
        Face face = Talker.faceIn(frame);
        MouthBank bank = new MouthBank();
        for (int i = 0; i < 5; i++) {
            bank.look(frame, face, () -> new MouthSize(0, 0.5f, 0));
        }
        bank.look(frame, new Face(face.mesh(), face.depth(), face.lips(), 0.3f, 0), () -> new MouthSize(0, 0.5f, 0));
        bank.look(blurred(frame), face, () -> new MouthSize(0, 0.5f, 0));
        bank.close();

        assertThat(bank.looks()).extracting(look -> look.number).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void keepsTheMostDifferentMouthsHoweverManyItSees() {
        Frame frame = Talker.portrait();
        Face face = Talker.faceIn(frame);
        MouthBank bank = new MouthBank();
        for (int i = 0; i < 1500; i++) {
            float opening = i % 100 == 7 ? 0.2f : 0.0001f * (i % 30);
            bank.look(frame, face, () -> new MouthSize(opening, 0.5f, 0));
        }

        assertThat(bank.looks().size()).isBetween(400, 600);
        assertThat(bank.bytes()).isLessThan(64_000_000);
        assertThat(bank.looks()).anyMatch(look -> look.opening > 0.15f);
    }

    @Test
    void knowsAShotByHowItsFramesLook() {
        Frame bright = Talker.portrait();
        Face first = Talker.faceIn(bright);
        MouthBank bank = new MouthBank();
        see(bank, bright, first, 0, 30);
        see(bank, dark(bright), first, 1, 30);
        see(bank, brighter(bright), first, 2, 20);

        assertThat(bank.shotLike(bright, -1)).isZero();
        assertThat(bank.shotLike(dark(bright), -1)).isEqualTo(1);
        assertThat(bank.shotLike(brighter(bright), -1)).isEqualTo(2);
        assertThat(bank.usableShots())
                .as("of the last, too few mouths are known")
                .containsExactlyInAnyOrder(0, 1);
        Frame elsewhere = Pictures.frame(Pictures.blank(Talker.SIDE, Talker.SIDE, 255));
        assertThat(bank.shotLike(elsewhere, -1)).as("another place").isEqualTo(-1);
        assertThat(bank.shotLike(elsewhere, 1)).as("moved away slowly").isEqualTo(1);
        assertThat(bank.shotLike(Pictures.lit(bright, 0.9f), 1))
                .as("clearly nearer")
                .isZero();
        assertThat(bank.shotLike(Pictures.lit(bright, 0.68f), 1))
                .as("hardly nearer")
                .isEqualTo(1);
    }

    @Test
    void leavesOutWhatMayShowTwoPeople() {
        Frame first = Talker.portrait();
        Face face = Talker.faceIn(first);
        MouthBank bank = new MouthBank();
        see(bank, first, face, 0, 30);
        see(bank, Pictures.lit(first, 0.9f), face, 1, 40);
        see(bank, dark(first), face, 2, 30);

        assertThat(bank.looks().stream().filter(look -> look.shot == 0))
                .as("dissolves")
                .hasSize(22);
        assertThat(bank.looks().stream().filter(look -> look.shot == 1)).hasSize(32);
        assertThat(bank.looks().stream().filter(look -> look.shot == 2))
                .as("a cut")
                .hasSize(30);
    }

    @Test
    void leavesOutMouthsAtTheBorderOfTheFrame() {
        Frame frame = Talker.portrait();
        Face face = Talker.faceIn(frame);
        float[] mesh = face.mesh().clone();
        float[] lips = face.lips().clone();
        float down = frame.height() - face.y(17) - 4;
        for (int i = 1; i < mesh.length; i += 2) {
            mesh[i] += down;
        }
        for (int i = 1; i < lips.length; i += 2) {
            lips[i] += down;
        }
        MouthBank bank = new MouthBank();

        see(bank, frame, new Face(mesh, face.depth(), lips, 1, 0), 0, 3);

        assertThat(bank.looks()).isEmpty();
    }

    private static void see(MouthBank bank, Frame frame, Face face, int shot, int times) {
        Face there = new Face(face.mesh(), face.depth(), face.lips(), face.score(), shot);
        for (int i = 0; i < times; i++) {
            bank.look(frame, there, () -> new MouthSize(0, 0.5f, 0));
        }
    }

    private static Frame dark(Frame frame) {
        return Pictures.lit(frame, 0.33f);
    }

    private static Frame brighter(Frame frame) {
        return Pictures.lit(frame, 1.5f);
    }

    private static byte[] bytes(MouthBank bank) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MouthFile.write(bank, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Frame blurred(Frame frame) {
        Frame copy = Pictures.copy(frame);
        int width = frame.width();
        for (int y = 8; y < frame.height() - 8; y++) {
            for (int x = 8; x < width - 8; x++) {
                int sum = 0;
                for (int k = -8; k <= 8; k++) {
                    sum += frame.data()[(y + k) * width + x] & 255;
                }
                copy.data()[y * width + x] = (byte) (sum / 17);
            }
        }
        return copy;
    }
}
