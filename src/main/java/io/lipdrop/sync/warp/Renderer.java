package io.lipdrop.sync.warp;

import io.lipdrop.media.Frame;

/** Puts the moved pixels and the inner mouth into the frame. */
final class Renderer {
    /** Smaller displacements are not worth the loss of grain, pixels. */
    private static final float UNMOVED = 0.02f;

    private final Plane luma = new Plane();
    private final Plane cb = new Plane();
    private final Plane cr = new Plane();
    private WarpGrid grid = new WarpGrid();

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
        grid = scene.grid();
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
        Curve upper = scene.motion().upperInner;
        Curve lower = scene.motion().lowerInner;
        float u = axes.u(left, y) - scene.lips().middle;
        float v = axes.v(left, y);
        float perColumn = 1 / grid.columnStep;
        float perRow = 1 / grid.rowStep;
        for (int x = left; x < right; x++, u += axes.uPerX(), v += axes.vPerX()) {
            float column = (u + Curve.REACH) * perColumn;
            float row = (v - grid.top) * perRow;
            int cell = grid.cell(column, row);
            if (cell < 0) {
                continue;
            }
            float value = data[at + x] & 255;
            if (v < grid.mouthTop || v > grid.mouthBottom) {
                int field = v < grid.mouthTop ? 0 : 2;
                float dx = grid.shift(cell, field, column, row);
                float dy = grid.shift(cell, field + 1, column, row);
                data[at + x] = (byte) (moved(value, luma, dx, dy, x, y) + 0.5f);
                continue;
            }
            float from = upper.value(u);
            float to = lower.value(u);
            float below = (v - (from + to) / 2) * axes.unit + 0.5f;
            float cover = cover(from, to, v, axes.unit);
            if (cover < 1) {
                value = moved(value, cell, column, row, x, y, below);
                float line = scene.line().cover(u, v - (from + to) / 2);
                value += line * (scene.line().luma - value);
            }
            if (cover > 0) {
                scene.inner().paint(u, v);
                value += cover * scene.effect() * (scene.inner().luma - value);
            }
            data[at + x] = (byte) (value + 0.5f);
        }
    }

    /** The luma that moves here: from above the seam, from below it, or in the one pixel that it crosses from both. */
    private float moved(float old, int cell, float column, float row, int x, int y, float below) {
        float value = 0;
        if (below < 1) {
            float part = 1 - Math.max(0, below);
            value += part * moved(old, luma, grid.shift(cell, 0, column, row), grid.shift(cell, 1, column, row), x, y);
        }
        if (below > 0) {
            float part = Math.min(1, below);
            value += part * moved(old, luma, grid.shift(cell, 2, column, row), grid.shift(cell, 3, column, row), x, y);
        }
        return value;
    }

    private static float moved(float old, Plane plane, float dx, float dy, int x, int y) {
        boolean still = Math.abs(dx) < UNMOVED && Math.abs(dy) < UNMOVED;
        return still ? old : plane.at(x + dx, y + dy);
    }

    private void chromaRow(byte[] data, int cbAt, int crAt, int left, int right, int y, Scene scene) {
        FaceAxes axes = scene.axes();
        Curve upper = scene.motion().upperInner;
        Curve lower = scene.motion().lowerInner;
        // A chroma sample sits between two rows and, as MPEG-2 and H.264 have it, on the left one of two columns.
        float u = axes.u(2 * left, 2 * y + 0.5f) - scene.lips().middle;
        float v = axes.v(2 * left, 2 * y + 0.5f);
        for (int x = left; x < right; x++, u += 2 * axes.uPerX(), v += 2 * axes.vPerX()) {
            float column = (u + Curve.REACH) / grid.columnStep;
            float row = (v - grid.top) / grid.rowStep;
            int cell = grid.cell(column, row);
            if (cell < 0) {
                continue;
            }
            float from = upper.value(u);
            float to = lower.value(u);
            float cover = cover(from, to, v, axes.unit / 2);
            float blue = data[cbAt + x] & 255;
            float red = data[crAt + x] & 255;
            if (cover < 1) {
                int field = v > (from + to) / 2 ? 2 : 0;
                float dx = grid.shift(cell, field, column, row) / 2;
                float dy = grid.shift(cell, field + 1, column, row) / 2;
                float line = scene.line().cover(u, v - (from + to) / 2);
                blue = moved(blue, cb, dx, dy, x, y);
                red = moved(red, cr, dx, dy, x, y);
                blue += line * (scene.line().cb - blue);
                red += line * (scene.line().cr - red);
            }
            if (cover > 0) {
                scene.inner().paint(u, v);
                blue += cover * scene.effect() * (scene.inner().cb - blue);
                red += cover * scene.effect() * (scene.inner().cr - red);
            }
            data[cbAt + x] = (byte) (blue + 0.5f);
            data[crAt + x] = (byte) (red + 0.5f);
        }
    }

    /** How much of a pixel the inner mouth covers, its edges feathered over about a pixel. */
    private static float cover(float upper, float lower, float v, float pixelsAUnit) {
        float gap = (lower - upper) * pixelsAUnit;
        if (gap < 0.05f) {
            return 0;
        }
        float sharp = Math.min(1, 1 / (0.013f * pixelsAUnit));
        float inside = Math.min((v - upper) * pixelsAUnit, (lower - v) * pixelsAUnit) * sharp + 0.5f;
        return Math.max(0, Math.min(1, inside)) * Math.min(1, gap);
    }
}
