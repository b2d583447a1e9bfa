package io.lipdrop.sync.warp;

import io.lipdrop.media.Frame;

/** Puts the moved pixels and the inner mouth into the frame. */
final class Renderer {
    /** Smaller displacements are not worth the loss of grain, pixels. */
    private static final float UNMOVED = 0.02f;

    private final Plane luma = new Plane();
    private final Plane cb = new Plane();
    private final Plane cr = new Plane();
    private final float[] shift = new float[4];

    /** What one frame's pixels are made from. */
    record Scene(
            FaceAxes axes,
            LipCurves lips,
            MouthMotion motion,
            WarpGrid grid,
            InnerMouth inner,
            LipLine line,
            float effect) {}

    void render(Frame frame, Scene scene) {
        FaceAxes axes = scene.axes();
        WarpGrid grid = scene.grid();
        float x0 = Float.MAX_VALUE;
        float y0 = Float.MAX_VALUE;
        float x1 = -Float.MAX_VALUE;
        float y1 = -Float.MAX_VALUE;
        for (int corner = 0; corner < 4; corner++) {
            float u = grid.left + (corner & 1) * grid.columnStep * (WarpGrid.COLUMNS - 1);
            float v = grid.top + (corner >> 1) * grid.rowStep * (WarpGrid.ROWS - 1);
            x0 = Math.min(x0, axes.x(u, v));
            x1 = Math.max(x1, axes.x(u, v));
            y0 = Math.min(y0, axes.y(u, v));
            y1 = Math.max(y1, axes.y(u, v));
        }
        int left = Math.max(0, (int) x0) & ~1;
        int top = Math.max(0, (int) y0) & ~1;
        int right = Math.min(frame.width(), ((int) Math.ceil(x1) + 2) & ~1);
        int bottom = Math.min(frame.height(), ((int) Math.ceil(y1) + 2) & ~1);
        if (left >= right || top >= bottom) {
            return;
        }
        copy(frame, left, top, right, bottom, ((int) grid.largest + 5) & ~1);
        int stride = frame.width();
        for (int y = top; y < bottom; y++) {
            row(frame.data(), frame.lumaOffset() + y * stride, left, right, y, scene);
        }
        for (int y = top / 2; y < bottom / 2; y++) {
            int row = y * stride / 2;
            chromaRow(frame.data(), frame.cbOffset() + row, frame.crOffset() + row, left / 2, right / 2, y, scene);
        }
    }

    private void copy(Frame frame, int left, int top, int right, int bottom, int margin) {
        int x = Math.max(0, left - margin);
        int y = Math.max(0, top - margin);
        int columns = Math.min(frame.width(), right + margin) - x;
        int rows = Math.min(frame.height(), bottom + margin) - y;
        byte[] data = frame.data();
        luma.copy(data, frame.lumaOffset(), frame.width(), x, y, columns, rows);
        cb.copy(data, frame.cbOffset(), frame.width() / 2, x / 2, y / 2, columns / 2, rows / 2);
        cr.copy(data, frame.crOffset(), frame.width() / 2, x / 2, y / 2, columns / 2, rows / 2);
    }

    private void row(byte[] data, int at, int left, int right, int y, Scene scene) {
        FaceAxes axes = scene.axes();
        float u = axes.u(left, y);
        float v = axes.v(left, y);
        for (int x = left; x < right; x++, u += axes.uPerX(), v += axes.vPerX()) {
            if (!scene.grid().look(u, v, shift)) {
                continue;
            }
            float offset = u - scene.lips().middle;
            float cover = cover(scene, offset, v, axes.unit);
            if (cover < 1) {
                float below = below(scene, offset, v, axes.unit);
                if ((below < 1 && moves(0)) || (below > 0 && moves(2))) {
                    float value = 0;
                    if (below < 1) {
                        value += (1 - below) * luma.at(x + shift[0], y + shift[1]);
                    }
                    if (below > 0) {
                        value += below * luma.at(x + shift[2], y + shift[3]);
                    }
                    data[at + x] = (byte) (value + 0.5f);
                }
            }
            float line = scene.line().cover(offset, v - middle(scene, offset));
            if (line > 0) {
                data[at + x] = blend(data[at + x], scene.line().luma, line);
            }
            if (cover > 0) {
                scene.inner().paint(offset, v);
                data[at + x] = blend(data[at + x], scene.inner().luma, cover * scene.effect());
            }
        }
    }

    private void chromaRow(byte[] data, int cbAt, int crAt, int left, int right, int y, Scene scene) {
        FaceAxes axes = scene.axes();
        // A chroma sample sits between two rows and, as MPEG-2 and H.264 have it, on the left one of two columns.
        float u = axes.u(2 * left, 2 * y + 0.5f);
        float v = axes.v(2 * left, 2 * y + 0.5f);
        for (int x = left; x < right; x++, u += 2 * axes.uPerX(), v += 2 * axes.vPerX()) {
            if (!scene.grid().look(u, v, shift)) {
                continue;
            }
            float offset = u - scene.lips().middle;
            float cover = cover(scene, offset, v, axes.unit / 2);
            int field = below(scene, offset, v, axes.unit) > 0.5f ? 2 : 0;
            if (cover < 1 && moves(field)) {
                float fromX = x + shift[field] / 2;
                float fromY = y + shift[field + 1] / 2;
                data[cbAt + x] = (byte) (cb.at(fromX, fromY) + 0.5f);
                data[crAt + x] = (byte) (cr.at(fromX, fromY) + 0.5f);
            }
            float line = scene.line().cover(offset, v - middle(scene, offset));
            if (line > 0) {
                data[cbAt + x] = blend(data[cbAt + x], scene.line().cb, line);
                data[crAt + x] = blend(data[crAt + x], scene.line().cr, line);
            }
            if (cover > 0) {
                scene.inner().paint(offset, v);
                data[cbAt + x] = blend(data[cbAt + x], scene.inner().cb, cover * scene.effect());
                data[crAt + x] = blend(data[crAt + x], scene.inner().cr, cover * scene.effect());
            }
        }
    }

    private boolean moves(int field) {
        return Math.abs(shift[field]) > UNMOVED || Math.abs(shift[field + 1]) > UNMOVED;
    }

    /** How much of this pixel the inner mouth covers, its edges feathered over about a pixel. */
    private static float cover(Scene scene, float offset, float v, float pixelsAUnit) {
        float upper = scene.motion().upperInner.value(offset);
        float lower = scene.motion().lowerInner.value(offset);
        float gap = (lower - upper) * pixelsAUnit;
        if (gap < 0.05f) {
            return 0;
        }
        float sharp = Math.min(1, 1 / (0.009f * pixelsAUnit));
        float inside = Math.min((v - upper) * pixelsAUnit, (lower - v) * pixelsAUnit) * sharp + 0.5f;
        return Math.max(0, Math.min(1, inside)) * Math.min(1, gap);
    }

    /** 0 above the seam of the lips, 1 below it, between in the one pixel that it crosses. */
    private static float below(Scene scene, float offset, float v, float pixelsAUnit) {
        return Math.max(0, Math.min(1, (v - middle(scene, offset)) * pixelsAUnit + 0.5f));
    }

    private static float middle(Scene scene, float offset) {
        return (scene.motion().upperInner.value(offset)
                        + scene.motion().lowerInner.value(offset))
                / 2;
    }

    private static byte blend(byte old, float value, float part) {
        float base = old & 255;
        return (byte) (base + part * (value - base) + 0.5f);
    }
}
