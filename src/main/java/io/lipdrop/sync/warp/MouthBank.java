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
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The person's own mouths, gathered from frames of the source: as different ones as memory allows. Looks of which the mouth is hidden or
 * blurred, or the head turned away, are left out.
 */
public final class MouthBank {
    /** To be raised when other mouths would be gathered, or told otherwise. */
    private static final int VERSION = 2;

    private static final int MOST_LOOKS = 600;
    private static final long MOST_BYTES =
            Math.min(64_000_000, Runtime.getRuntime().maxMemory() / 16);
    /** A shot is known by one frame in so many looks; 600 seconds of them at most. */
    private static final int LOOKS_A_THUMBNAIL = 25;

    private static final int MOST_THUMBNAILS = 500;
    private static final int MOST_OPENINGS = 10_000;
    /** Fewer looks are no choice. */
    private static final int LEAST_LOOKS = 25;

    private static final float SURE = 0.5f;
    private static final float MOST_YAW = 0.7f;
    /** Looks with less than this part of the median sharpness are left out. */
    private static final float BLURRED = 0.6f;

    private final List<OwnLook> looks = new ArrayList<>();
    /** Of all mouths that were seen, also of those that were not kept. */
    private final List<Float> openings = new ArrayList<>();

    private final List<Scene> scenes = new ArrayList<>();
    private long bytes;
    private int seen;

    /**
     * Sees a frame of the source, in order.
     *
     * @param size measures its mouth, where that is to be seen
     */
    public void look(Frame frame, Face face, Supplier<MouthSize> size) {
        int number = seen++;
        boolean isNew = scenes.isEmpty() || scenes.get(scenes.size() - 1).shot() != face.shot();
        if ((isNew || number % LOOKS_A_THUMBNAIL == 0) && scenes.size() < MOST_THUMBNAILS) {
            scenes.add(new Scene(face.shot(), Thumbnail.of(frame)));
        }
        if (face.score() < SURE || Math.abs(face.yaw()) > MOST_YAW || !OwnLook.isWhole(frame, face)) {
            return;
        }
        OwnLook look = OwnLook.of(number, frame, face, size.get());
        looks.add(look);
        if (openings.size() < MOST_OPENINGS) {
            openings.add(look.opening);
        }
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
        Map<Integer, List<OwnLook>> shots = looks.stream().collect(Collectors.groupingBy(look -> look.shot));
        for (List<OwnLook> shot : shots.values()) {
            float[] sharpness = new float[shot.size()];
            for (int i = 0; i < sharpness.length; i++) {
                sharpness[i] = shot.get(i).sharpness;
            }
            float least = BLURRED * Quantiles.of(sharpness, 0.5f);
            shot.removeIf(look -> look.sharpness >= least);
            looks.removeAll(shot);
        }
        bytes = looks.stream().mapToLong(OwnLook::bytes).sum();
    }

    /** Whether there are enough mouths to choose from. */
    public boolean isUsable() {
        return scenes.stream().anyMatch(scene -> isUsable(scene.shot()));
    }

    private boolean isUsable(int shot) {
        return looks.stream().filter(look -> look.shot == shot).count() >= LEAST_LOOKS;
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

    /** The shot of the source that a frame belongs to; −1 where none is like it, or too few mouths are known of that one. */
    int shotLike(Frame frame) {
        Thumbnail thumbnail = Thumbnail.of(frame);
        int best = -1;
        float least = Thumbnail.SAME;
        for (Scene scene : scenes) {
            float away = thumbnail.away(scene.thumbnail());
            if (away < least) {
                least = away;
                best = scene.shot();
            }
        }
        return isUsable(best) ? best : -1;
    }

    /** What a frame of a shot looks like. */
    private record Scene(int shot, Thumbnail thumbnail) {}

    public void write(DataOutput to) throws IOException {
        to.writeInt(VERSION);
        to.writeInt(scenes.size());
        for (Scene scene : scenes) {
            to.writeInt(scene.shot());
            scene.thumbnail().write(to);
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
            to.writeFloat(look.size.opening());
            to.writeFloat(look.size.width());
            to.writeFloat(look.size.apart());
            to.writeFloat(look.light);
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
        int scenes = count(from, MOST_THUMBNAILS);
        for (int i = 0; i < scenes; i++) {
            bank.scenes.add(new Scene(from.readInt(), Thumbnail.read(from)));
        }
        int openings = count(from, MOST_OPENINGS);
        for (int i = 0; i < openings; i++) {
            bank.openings.add(from.readFloat());
        }
        int looks = count(from, MOST_LOOKS);
        for (int i = 0; i < looks; i++) {
            int number = from.readInt();
            int shot = from.readInt();
            float score = from.readFloat();
            MouthSize size = new MouthSize(from.readFloat(), from.readFloat(), from.readFloat());
            float light = from.readFloat();
            float[] mesh = points(2 * Face.POINTS, from);
            float[] depth = points(Face.POINTS, from);
            float[] lips = points(2 * Face.LIP_POINTS, from);
            Planes pixels = new Planes();
            pixels.read(from);
            OwnLook look = new OwnLook(number, new Face(mesh, depth, lips, score, shot), size, light, pixels);
            bank.looks.add(look);
            bank.bytes += look.bytes();
        }
        return bank;
    }

    private static int count(DataInput from, int most) throws IOException {
        int count = from.readInt();
        if (count < 0 || count > most) {
            throw new IOException("There cannot be " + count);
        }
        return count;
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
