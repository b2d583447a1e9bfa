package io.lipdrop.sync.warp.own;

import static io.lipdrop.sync.pixel.Scalars.square;

import io.lipdrop.sync.warp.person.OwnLook;
import io.lipdrop.sync.warp.shape.FaceAxes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How like two of the person's mouths are. */
final class Likeness {
    /** Differences that are about as easy to see, one of each: opening, width, what shows inside, turn, nod, size (of 1), light. */
    private static final float OPENING = 0.02f;

    private static final float WIDTH = 0.02f;
    private static final float INSIDE = 0.12f;
    private static final float YAW = 0.08f;
    private static final float PITCH = 0.03f;
    private static final float SIZE = 0.2f;
    private static final float LIGHT = 15;
    /** Where the speaker's film is cut, another person may follow. */
    private static final float OTHER_SHOT = 100;

    private Likeness() {}

    /** Squared. */
    static float distance(OwnLook a, OwnLook b) {
        float mouth = square((a.opening - b.opening) / OPENING)
                + square((a.width - b.width) / WIDTH)
                + square((a.inside - b.inside) / INSIDE);
        return mouth
                + pose(a, b.axes, b.yaw)
                + square((a.light - b.light) / LIGHT)
                + (a.shot == b.shot ? 0 : OTHER_SHOT);
    }

    /** How far the head's pose is from that of a look, squared. */
    static float pose(OwnLook look, FaceAxes axes, float yaw) {
        return square((look.yaw - yaw) / YAW)
                + square((look.axes.noseHeight - axes.noseHeight) / PITCH)
                + square((float) Math.log(look.axes.unit / axes.unit) / SIZE);
    }

    /** Takes away those looks that are missed least: again and again, of two that are alike, the less sharp one. */
    static void thin(List<OwnLook> looks, int count) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 1; i < looks.size(); i++) {
            int nearest = 0;
            float least = Float.MAX_VALUE;
            for (int k = 0; k < i; k++) {
                float distance = distance(looks.get(i), looks.get(k));
                if (distance < least) {
                    least = distance;
                    nearest = k;
                }
            }
            pairs.add(new Pair(looks.get(i), looks.get(nearest), least));
        }
        pairs.sort(Comparator.comparingDouble(Pair::distance));
        Set<OwnLook> gone = new HashSet<>();
        for (int i = 0; i < pairs.size() && gone.size() < count; i++) {
            Pair pair = pairs.get(i);
            if (!gone.contains(pair.later) && !gone.contains(pair.earlier)) {
                gone.add(pair.later.sharpness < pair.earlier.sharpness ? pair.later : pair.earlier);
            }
        }
        looks.removeIf(gone::contains);
    }

    private record Pair(OwnLook later, OwnLook earlier, double distance) {}
}
