package io.lipdrop.sync.warp.person;

import static io.lipdrop.sync.pixel.Scalars.smoothstep;

import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;
import io.lipdrop.sync.warp.shape.MouthMotion;
import io.lipdrop.sync.warp.shape.WarpGrid;

/** Where a look covers the frame: the lips completely, with a soft edge in the skin around them. */
final class LookMask {
    /** Distance from the lips' outer edges at which the look has faded out, in units of {@link FaceAxes}. */
    static final float MARGIN = 0.12f;

    static final float WHOLE = 0.02f;

    private LookMask() {}

    static void fit(MouthMotion target, LipCurves lips, WarpGrid grid, float margin, float whole, float[] cover) {
        for (int column = 0; column < grid.columns; column++) {
            float offset = grid.left + column * grid.columnStep;
            float corner = offset < 0 ? lips.leftOuter : lips.rightOuter;
            float edge = Math.abs(corner + target.sideShift.value(corner));
            float beyond = Math.max(0, Math.abs(offset) - edge);
            float top = target.upperOuter.value(offset);
            float bottom = target.lowerOuter.value(offset);
            for (int row = 0; row < grid.rows; row++) {
                float v = grid.top + row * grid.rowStep;
                float away = Math.max(0, Math.max(top - v, v - bottom));
                float distance = (float) Math.sqrt(away * away + beyond * beyond);
                cover[row * grid.columns + column] = smoothstep(margin, whole, distance);
            }
        }
    }
}
