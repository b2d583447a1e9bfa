package io.lipdrop.sync.smooth;

import io.lipdrop.sync.face.Face;

/** How the head stands in each frame of a window, relative to one of them. */
final class Poses {
    /** Points that neither speech nor mimicry moves much: eye corners, nose, brow, temples. */
    static final int[] STABLE = {33, 133, 362, 263, 168, 6, 197, 195, 5, 4, 10, 151, 9, 127, 356, 234, 454};
    /** Keeps what is divided by from 0, squared pixels. */
    private static final float TINY = 1e-6f;

    /** Each frame's pose relative to the middle frame: centre, and turn and scale as a complex number. */
    final float[] centerX;

    final float[] centerY;
    final float[] turnX;
    final float[] turnY;

    Poses(int most) {
        centerX = new float[most];
        centerY = new float[most];
        turnX = new float[most];
        turnY = new float[most];
    }

    /** The least-squares similarity of the stable points, over those of the middle frame. */
    void set(Face face, Face middle, int k) {
        float cx = 0;
        float cy = 0;
        float mx = 0;
        float my = 0;
        for (int point : STABLE) {
            cx += face.x(point) / STABLE.length;
            cy += face.y(point) / STABLE.length;
            mx += middle.x(point) / STABLE.length;
            my += middle.y(point) / STABLE.length;
        }
        float real = 0;
        float imaginary = 0;
        float size = 0;
        for (int point : STABLE) {
            float ax = middle.x(point) - mx;
            float ay = middle.y(point) - my;
            float bx = face.x(point) - cx;
            float by = face.y(point) - cy;
            real += ax * bx + ay * by;
            imaginary += ax * by - ay * bx;
            size += ax * ax + ay * ay;
        }
        centerX[k] = cx;
        centerY[k] = cy;
        turnX[k] = real / Math.max(TINY, size);
        turnY[k] = imaginary / Math.max(TINY, size);
    }

    float distance(int k, int middle, float eyes) {
        double moved = Math.hypot(centerX[k] - centerX[middle], centerY[k] - centerY[middle]);
        double turned = Math.hypot(turnX[k] - 1, turnY[k]) * eyes / 2;
        return (float) Math.hypot(moved, turned);
    }

    double squaredDistance(float[] points, float[] middle, int point, int k, int m) {
        float scale = 1 / Math.max(TINY, turnX[k] * turnX[k] + turnY[k] * turnY[k]);
        float x = points[2 * point] - centerX[k];
        float y = points[2 * point + 1] - centerY[k];
        float dx = (x * turnX[k] + y * turnY[k]) * scale - (middle[2 * point] - centerX[m]);
        float dy = (y * turnX[k] - x * turnY[k]) * scale - (middle[2 * point + 1] - centerY[m]);
        return dx * dx + dy * dy;
    }

    void add(float[] points, float[] to, int point, float weight, int k) {
        float scale = weight / Math.max(TINY, turnX[k] * turnX[k] + turnY[k] * turnY[k]);
        float x = points[2 * point] - centerX[k];
        float y = points[2 * point + 1] - centerY[k];
        to[2 * point] += (x * turnX[k] + y * turnY[k]) * scale;
        to[2 * point + 1] += (y * turnX[k] - x * turnY[k]) * scale;
    }

    static void place(float[] points, float cx, float cy, float tx, float ty) {
        for (int i = 0; i < points.length; i += 2) {
            float x = points[i];
            float y = points[i + 1];
            points[i] = cx + x * tx - y * ty;
            points[i + 1] = cy + x * ty + y * tx;
        }
    }
}
