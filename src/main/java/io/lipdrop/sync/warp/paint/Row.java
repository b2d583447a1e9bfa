package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.clamp;

import io.lipdrop.sync.pixel.Chroma;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.WarpGrid;

/**
 * Where a row of pixels lies in the face.
 *
 * @param left its first pixel, counted in its own plane, like all that follow
 * @param y which row of its plane it is
 * @param scale how many luma pixels a pixel is wide: 1, or {@link Chroma#STEP}
 * @param every distance in pixels between places at which displacements are looked up
 * @param u0 offset of the first pixel from the mouth's middle
 * @param v0 its height
 * @param du how the offset grows from pixel to pixel
 * @param dv how the height does
 */
record Row(int left, int y, int scale, int every, float u0, float v0, float du, float dv) {
    /** Maximum distance between places at which displacements are looked up, in units of {@link FaceAxes} and in pixels. */
    private static final float LOOK_UP = 0.05f;

    private static final int MAX_PIXELS = 16;

    static Row of(WarpGrid.Place place, int left, int y, int scale) {
        FaceAxes axes = place.axes();
        float line = scale == 1 ? y : Chroma.lumaRow(y);
        return new Row(
                left,
                y,
                scale,
                clamp((int) (LOOK_UP * axes.unit / scale), 1, MAX_PIXELS),
                axes.u(scale * left, line) - place.middle(),
                axes.v(scale * left, line),
                scale * axes.uPerX(),
                scale * axes.vPerX());
    }

    /** The same with displacements twice as often: for luma across the mouth, where they change fast. */
    Row finer() {
        return new Row(left, y, scale, Math.max(1, every / 2), u0, v0, du, dv);
    }

    float u(int i) {
        return u0 + i * du;
    }

    float v(int i) {
        return v0 + i * dv;
    }
}
