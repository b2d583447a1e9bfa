package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.lerp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.pixel.Chroma;
import io.lipdrop.sync.pixel.Planes;
import io.lipdrop.sync.warp.person.Look;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.MouthMotion;
import io.lipdrop.sync.warp.shape.WarpGrid;
import java.util.ArrayList;
import java.util.List;

/** Puts the moved pixels, the looks and the inner mouth into the frame, row by row. */
public final class Renderer {
    /** Pixels copied around the drawing in addition to the largest displacement: the cubic reads two, even sides take one. */
    private static final int READ_AROUND = 5;

    private final Planes source = new Planes();
    private final ChangedRow strip = new ChangedRow();
    private final LookStrip[] looks = {new LookStrip(), new LookStrip(), new LookStrip(), new LookStrip()};
    /** Those of them in the current row. */
    private final List<LookStrip> laid = new ArrayList<>(4);

    private float[] first = new float[0];
    private float[] second = new float[0];

    /**
     * What one frame's pixels are made from.
     *
     * @param inside how much of what is seen between the lips is drawn, 0 to 1
     */
    public record Scene(
            WarpGrid.Place place,
            MouthMotion motion,
            WarpGrid grid,
            InnerMouth inner,
            LipLine line,
            List<Look> looks,
            float effect,
            float inside) {}

    /** Renders in place; only the pixels that the grid spans change. */
    public void render(Frame frame, Scene scene) {
        FaceAxes axes = scene.place().axes();
        WarpGrid grid = scene.grid();
        float x0 = Float.MAX_VALUE;
        float y0 = Float.MAX_VALUE;
        float x1 = -Float.MAX_VALUE;
        float y1 = -Float.MAX_VALUE;
        for (int corner = 0; corner < 4; corner++) {
            float u = scene.place().middle() + grid.left + (corner & 1) * grid.columnStep * (grid.columns - 1);
            float v = grid.top + (corner >> 1) * grid.rowStep * (grid.rows - 1);
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
        if (first.length < right - left) {
            first = new float[right - left];
            second = new float[right - left];
        }
        copy(frame, left, top, right, bottom, ((int) grid.largest + READ_AROUND) & ~1);
        for (int y = top; y < bottom; y++) {
            if (strip.place(scene, left, right, y, 1)) {
                layLooks(scene);
                lumaRow(frame, y, scene);
            }
        }
        for (int y = top / Chroma.STEP; y < bottom / Chroma.STEP; y++) {
            if (strip.place(scene, left / Chroma.STEP, right / Chroma.STEP, y, Chroma.STEP)) {
                layLooks(scene);
                chromaRow(frame, y, scene);
            }
        }
    }

    private void layLooks(Scene scene) {
        laid.clear();
        for (int i = 0; i < scene.looks().size(); i++) {
            if (looks[i].place(scene.looks().get(i), strip, scene.effect())) {
                laid.add(looks[i]);
            }
        }
    }

    private void copy(Frame frame, int left, int top, int right, int bottom, int margin) {
        int x = Math.max(0, left - margin);
        int y = Math.max(0, top - margin);
        int columns = Math.min(frame.width(), right + margin) - x;
        int rows = Math.min(frame.height(), bottom + margin) - y;
        source.copy(frame, x, y, columns, rows);
    }

    private void lumaRow(Frame frame, int y, Scene scene) {
        strip.read(source.luma, first, laid);
        laid.forEach(look -> look.lay(0, first));
        if (strip.isInMouth()) {
            LipLine line = scene.line();
            float unit = scene.place().axes().unit;
            for (int i = strip.from; i < strip.to; i++) {
                float part = line.cover(strip.u(i), strip.fromSeam(i, unit));
                first[i] = lerp(first[i], line.luma, part);
                float cover = strip.cover[i] * scene.effect() * scene.inside();
                if (cover > 0) {
                    scene.inner().paint(strip.u(i), strip.v(i));
                    first[i] = lerp(first[i], scene.inner().colour.luma, cover);
                }
            }
        }
        strip.write(first, frame.data(), frame.lumaOffset() + y * frame.width());
    }

    private void chromaRow(Frame frame, int y, Scene scene) {
        strip.read(source.cb, first, laid);
        strip.read(source.cr, second, laid);
        for (LookStrip look : laid) {
            look.lay(1, first);
            look.lay(2, second);
        }
        if (strip.isInMouth()) {
            LipLine line = scene.line();
            float unit = scene.place().axes().unit;
            InnerMouth inner = scene.inner();
            for (int i = strip.from; i < strip.to; i++) {
                float part = line.cover(strip.u(i), strip.fromSeam(i, unit));
                first[i] = lerp(first[i], line.cb, part);
                second[i] = lerp(second[i], line.cr, part);
                float cover = strip.cover[i] * scene.effect() * scene.inside();
                if (cover > 0) {
                    inner.paint(strip.u(i), strip.v(i));
                    first[i] = lerp(first[i], inner.colour.cb, cover);
                    second[i] = lerp(second[i], inner.colour.cr, cover);
                }
            }
        }
        int row = y * frame.width() / Chroma.STEP;
        strip.write(first, frame.data(), frame.cbOffset() + row);
        strip.write(second, frame.data(), frame.crOffset() + row);
    }
}
