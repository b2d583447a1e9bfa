package io.lipdrop.sync.warp;

import io.lipdrop.media.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.MouthSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The person's own mouths, gathered from frames of the source: as different ones as memory allows. Looks of which the mouth is hidden or
 * blurred, or the head turned away, are left out.
 */
public final class MouthBank {
    private static final int VERSION = 1;
    private static final int MOST_LOOKS = 600;
    private static final long MOST_BYTES = 64_000_000;
    /** Fewer looks are no choice. */
    private static final int LEAST_LOOKS = 25;

    private static final float SURE = 0.5f;
    private static final float MOST_YAW = 0.7f;
    /** Looks with less than this part of the median sharpness are left out. */
    private static final float BLURRED = 0.6f;

    private final List<OwnLook> looks = new ArrayList<>();
    /** Of all mouths that were seen, also of those that were not kept. */
    private final List<Float> openings = new ArrayList<>();

    private final List<Shot> shots = new ArrayList<>();
    private long bytes;
    private int seen;

    /**
     * Sees a frame of the source, in order.
     *
     * @param size measures its mouth; asked for those that are kept
     */
    public void look(Frame frame, Face face, Supplier<MouthSize> size) {
        int number = seen++;
        if (shots.isEmpty() || shots.get(shots.size() - 1).number() != face.shot()) {
            shots.add(new Shot(face.shot(), Thumbnail.of(frame), new Thumbnail()));
        }
        shots.get(shots.size() - 1).last().take(frame);
        if (face.score() < SURE || Math.abs(face.yaw()) > MOST_YAW) {
            return;
        }
        OwnLook look = OwnLook.of(number, frame, face, size.get());
        looks.add(look);
        openings.add(look.opening);
        bytes += look.bytes();
        if (bytes > MOST_BYTES || looks.size() > MOST_LOOKS) {
            Likeness.thin(looks, Math.max(1, looks.size() / 6));
            bytes = looks.stream().mapToLong(OwnLook::bytes).sum();
        }
    }

    /** All looks are in: those that are blurred go. */
    public void close() {
        if (looks.isEmpty()) {
            return;
        }
        float[] sharpness = new float[looks.size()];
        for (int i = 0; i < sharpness.length; i++) {
            sharpness[i] = looks.get(i).sharpness;
        }
        float least = BLURRED * Quantiles.of(sharpness, 0.5f);
        looks.removeIf(look -> look.sharpness < least);
        bytes = looks.stream().mapToLong(OwnLook::bytes).sum();
    }

    /** Whether there are enough mouths to choose from. */
    public boolean isUsable() {
        return looks.size() >= LEAST_LOOKS;
    }

    /** Memory that it takes, bytes. */
    public long bytes() {
        return bytes;
    }

    /** The opening below which the mouth is for this part of the time in which it is open by more than {@code least}. */
    float opening(float part, float least) {
        float[] open = new float[openings.size()];
        int count = 0;
        for (float opening : openings) {
            if (opening > least) {
                open[count++] = opening;
            }
        }
        return Quantiles.of(Arrays.copyOf(open, count), part);
    }

    List<OwnLook> looks() {
        return looks;
    }

    /** The shot of the source that a frame, the first of a shot as it is shown, belongs to; −1 where none is like it. */
    int shotLike(Frame frame) {
        if (shots.size() == 1) {
            return shots.get(0).number();
        }
        Thumbnail seen = Thumbnail.of(frame);
        int best = -1;
        float least = Thumbnail.SAME;
        for (Shot shot : shots) {
            float away = Math.min(seen.away(shot.first()), seen.away(shot.last()));
            if (away < least) {
                least = away;
                best = shot.number();
            }
        }
        return best;
    }

    /** What is between two cuts: its beginning and its end. */
    private record Shot(int number, Thumbnail first, Thumbnail last) {}

    public void write(DataOutput to) throws IOException {
        to.writeInt(VERSION);
        to.writeInt(shots.size());
        for (Shot shot : shots) {
            to.writeInt(shot.number());
            shot.first().write(to);
            shot.last().write(to);
        }
        to.writeInt(openings.size());
        for (float opening : openings) {
            to.writeFloat(opening);
        }
        to.writeInt(looks.size());
        for (OwnLook look : looks) {
            to.writeInt(look.number);
            to.writeInt(look.shot);
            to.writeFloat(look.face.score());
            to.writeFloat(look.opening);
            to.writeFloat(look.width);
            to.writeFloat(look.apart);
            points(look.face.mesh(), to);
            points(look.face.depth(), to);
            points(look.face.lips(), to);
            look.pixels.write(to);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException also where it is no such thing
     */
    public static MouthBank read(DataInput from) throws IOException {
        if (from.readInt() != VERSION) {
            throw new IOException("Kept by another version");
        }
        MouthBank bank = new MouthBank();
        int shots = from.readInt();
        for (int i = 0; i < shots; i++) {
            int number = from.readInt();
            bank.shots.add(new Shot(number, Thumbnail.read(from), Thumbnail.read(from)));
        }
        int openings = from.readInt();
        for (int i = 0; i < openings; i++) {
            bank.openings.add(from.readFloat());
        }
        int looks = from.readInt();
        if (looks > MOST_LOOKS) {
            throw new IOException("More looks than there can be");
        }
        for (int i = 0; i < looks; i++) {
            int number = from.readInt();
            int shot = from.readInt();
            float score = from.readFloat();
            MouthSize size = new MouthSize(from.readFloat(), from.readFloat(), from.readFloat());
            float[] mesh = points(2 * Face.POINTS, from);
            float[] depth = points(Face.POINTS, from);
            float[] lips = points(2 * Face.LIP_POINTS, from);
            Planes pixels = new Planes();
            pixels.read(from);
            OwnLook look = new OwnLook(number, new Face(mesh, depth, lips, score, shot), size, pixels);
            bank.looks.add(look);
            bank.bytes += look.bytes();
        }
        return bank;
    }

    private static void points(float[] points, DataOutput to) throws IOException {
        for (float point : points) {
            to.writeFloat(point);
        }
    }

    private static float[] points(int count, DataInput from) throws IOException {
        float[] points = new float[count];
        for (int i = 0; i < count; i++) {
            points[i] = from.readFloat();
        }
        return points;
    }
}
