package io.lipdrop.sync.warp.own;

import io.lipdrop.sync.pixel.Quantiles;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.person.OwnLook;
import io.lipdrop.sync.warp.shape.Cue;
import io.lipdrop.sync.warp.shape.FaceAxes;
import java.util.Arrays;
import java.util.List;

/**
 * Which of the person's mouths to show: the first step of the least costly path through them for what the voice asks from here on
 * (Viterbi, 1967; of mouths: Bregler, Covell and Slaney, <i>Video Rewrite</i>, 1997). The head is taken to stay as it is.
 */
final class MouthPath {
    /** Steps that are looked ahead. */
    private static final int STEPS = 8;
    /** Looks that are weighed at each step. */
    private static final int CANDIDATES = 32;

    /** Differences that cost 1: opening, width, inside, thickness of the lips, light, and how opening is measured. */
    private static final float OPENING = 0.035f;

    private static final float WIDTH = 0.022f;
    private static final float INSIDE = 0.25f;
    /** So much of what a look lacks of teeth where they are asked for. */
    private static final float TEETH = 0.1f;

    private static final float THICKNESS = 0.05f;
    private static final float LIGHT = 30;
    private static final float POSE = 0.35f;
    /** Nearer poses cost nothing: else the frame's own old mouth would be the cheapest. */
    private static final float FREE = 1.5f;
    /** If the two measures of an opening differ from their usual difference by this much, the opening is uncertain. */
    private static final float DOUBT = 0.015f;
    /** A mouth that has to open further shows less of what is inside than one that has to close. */
    private static final float TOO_SHUT = 1.6f;
    /** Cost of changing the look, and of a change of what shows inside. */
    private static final float CHANGE = 1.2f;

    /** Factor of these costs where the mouth is still: there a change would be the only motion. */
    private static final float CHANGE_STILL = 20;

    private static final float CHANGE_INSIDE = 0.2f;
    /** What the source shows next is the most natural change. */
    private static final float GOES_ON = 0.1f;

    private final List<OwnLook> looks;
    private final float[] doubt;
    private final float[] own;
    private final float[] cost;
    private float still;
    private final int[][] chosen = new int[STEPS][CANDIDATES];
    private final float[][] sums = new float[STEPS][CANDIDATES];
    private final int[][] before = new int[STEPS][CANDIDATES];
    private final int[] counts = new int[STEPS];

    MouthPath(List<OwnLook> looks) {
        this.looks = looks;
        own = new float[looks.size()];
        doubt = new float[looks.size()];
        float usual = Quantiles.of(looks, look -> look.apart, 0.5f);
        for (int k = 0; k < doubt.length; k++) {
            float odd = (looks.get(k).apart - usual) / DOUBT;
            doubt[k] = odd * odd;
        }
        cost = new float[looks.size()];
    }

    /**
     * Chooses a look.
     *
     * @param current the index of the one that is shown, −1 for none
     * @param stepFrames frames from step to step
     * @param range of the shot of the source whose mouths may be shown
     * @return its index
     */
    int next(int current, Cue cue, int stepFrames, FaceAxes axes, float yaw, float light, OwnRange range) {
        for (int k = 0; k < own.length; k++) {
            OwnLook look = looks.get(k);
            float other = (look.light - light) / LIGHT;
            own[k] = look.shot == range.shot
                    ? doubt[k] + POSE * Math.max(0, Likeness.pose(look, axes, yaw) - FREE) + other * other
                    : Float.POSITIVE_INFINITY;
        }
        still = stillness(cue, stepFrames);
        for (int step = 0; step < STEPS; step++) {
            weigh(step, cue.in(step * stepFrames + stepFrames / 2), current, range);
            go(step, current);
        }
        int best = 0;
        for (int c = 1; c < counts[STEPS - 1]; c++) {
            if (sums[STEPS - 1][c] < sums[STEPS - 1][best]) {
                best = c;
            }
        }
        for (int step = STEPS - 1; step > 0; step--) {
            best = before[step][best];
        }
        return chosen[0][best];
    }

    /** The looks that a step may show: the cheapest, and the one that is shown now. */
    private void weigh(int step, MouthShape shape, int current, OwnRange range) {
        float width = range.width(shape);
        float thickness = range.thickness(shape);
        for (int k = 0; k < cost.length; k++) {
            OwnLook look = looks.get(k);
            float opening = (shape.opening() - look.opening) / OPENING;
            float wide = (width - look.width) / WIDTH;
            float thick = (thickness - look.thickness) / THICKNESS;
            float inside =
                    shape.teeth() * Math.max(0, 1 - look.inside) / INSIDE * Math.min(1, shape.opening() / OPENING);
            cost[k] = own[k]
                    + opening * opening * (opening > 0 ? TOO_SHUT : 1)
                    + wide * wide
                    + thick * thick
                    + TEETH * inside;
        }
        int[] list = chosen[step];
        int count = 0;
        for (int k = 0; k < cost.length; k++) {
            boolean isDear = count == CANDIDATES && cost[k] >= cost[list[count - 1]];
            if (isDear || own[k] == Float.POSITIVE_INFINITY) {
                continue;
            }
            int at = count < CANDIDATES ? count++ : count - 1;
            while (at > 0 && cost[list[at - 1]] > cost[k]) {
                list[at] = list[at - 1];
                at--;
            }
            list[at] = k;
        }
        if (current >= 0 && Arrays.stream(list, 0, count).noneMatch(k -> k == current)) {
            list[count == CANDIDATES ? count - 1 : count++] = current;
        }
        counts[step] = count;
    }

    private void go(int step, int current) {
        for (int c = 0; c < counts[step]; c++) {
            int to = chosen[step][c];
            if (step == 0) {
                sums[0][c] = cost[to] + change(current, to);
                continue;
            }
            float least = Float.MAX_VALUE;
            for (int from = 0; from < counts[step - 1]; from++) {
                float sum = sums[step - 1][from] + change(chosen[step - 1][from], to);
                if (sum < least) {
                    least = sum;
                    before[step][c] = from;
                }
            }
            sums[step][c] = least + cost[to];
        }
    }

    /** How little the mouth is asked to move, 0 to 1. */
    private static float stillness(Cue cue, int stepFrames) {
        float most = 0;
        MouthShape now = cue.now();
        for (int step = 1; step < STEPS; step++) {
            MouthShape then = cue.in(step * stepFrames);
            most = Math.max(most, Math.abs(then.opening() - now.opening()));
            most = Math.max(most, Math.abs(then.width() - now.width()));
        }
        return Math.max(0, 1 - most / OPENING);
    }

    private float change(int from, int to) {
        if (from == to || from < 0) {
            return 0;
        }
        OwnLook a = looks.get(from);
        OwnLook b = looks.get(to);
        if (b.number == a.number + 1 && still == 0) {
            return GOES_ON;
        }
        float inside = (a.inside - b.inside) / CHANGE_INSIDE;
        return CHANGE * (1 + CHANGE_STILL * still) + Math.min(1, inside * inside);
    }
}
