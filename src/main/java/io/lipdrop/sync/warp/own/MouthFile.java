package io.lipdrop.sync.warp.own;

import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.MouthSize;
import io.lipdrop.sync.pixel.Planes;
import io.lipdrop.sync.warp.person.OwnLook;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The person's mouths as a file. */
public final class MouthFile {
    /** To be raised when other mouths would be gathered, or told otherwise. */
    private static final int VERSION = 4;

    private MouthFile() {}

    /** Writes all that {@link #read} needs. */
    public static void write(MouthBank bank, DataOutput to) throws IOException {
        to.writeInt(VERSION);
        to.writeInt(bank.views().size());
        for (MouthBank.ShotView view : bank.views()) {
            to.writeInt(view.shot());
            view.thumbnail().write(to);
        }
        to.writeInt(bank.openings().size());
        for (MouthBank.Opening seen : bank.openings()) {
            to.writeInt(seen.shot());
            to.writeFloat(seen.opening());
        }
        to.writeInt(bank.looks().size());
        for (OwnLook look : bank.looks()) {
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
            throw new IOException("Written by another version");
        }
        List<MouthBank.ShotView> views = new ArrayList<>();
        List<MouthBank.Opening> openings = new ArrayList<>();
        List<OwnLook> looks = new ArrayList<>();
        int viewCount = count(from, MouthBank.MAX_THUMBNAILS);
        for (int i = 0; i < viewCount; i++) {
            views.add(new MouthBank.ShotView(from.readInt(), Thumbnail.read(from)));
        }
        int openingCount = count(from, MouthBank.MAX_OPENINGS);
        for (int i = 0; i < openingCount; i++) {
            openings.add(new MouthBank.Opening(from.readInt(), from.readFloat()));
        }
        int lookCount = count(from, MouthBank.MAX_LOOKS);
        for (int i = 0; i < lookCount; i++) {
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
            looks.add(new OwnLook(number, new Face(mesh, depth, lips, score, shot), size, light, pixels));
        }
        return new MouthBank(looks, openings, views);
    }

    private static int count(DataInput from, int most) throws IOException {
        int count = from.readInt();
        if (count < 0 || count > most) {
            throw new IOException("Invalid count: " + count);
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
