package io.lipdrop.sync.warp.person;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.face.MouthSize;
import io.lipdrop.sync.pixel.Levels;
import io.lipdrop.sync.pixel.Planes;
import io.lipdrop.sync.voice.MouthShape;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;

/** One of the person's own mouths, as a frame of the source shows it, and what tells it from the others. */
public final class OwnLook {
    /** How far beyond the lips the pixels are kept, in units of {@link FaceAxes}: to the sides, above, below. */
    private static final float ASIDE = 0.26f;

    private static final float ABOVE = 0.2f;
    private static final float BELOW = 0.3f;

    /** Closer to the border of the frame, lips may be cut off. */
    private static final float BORDER = 0.03f;

    /** Places at which the brightness inside is read, and the part of the inner mouth's width that they span; by eye. */
    private static final int ACROSS = 9;

    private static final int DOWN = 5;
    private static final float SPANNED = 0.8f;
    /** A mouth that is open by less shows nothing inside, in units. */
    private static final float SHUT = 0.02f;
    /** Skin is taken to be no darker than this above black, luma. */
    private static final float MIN_LIGHT = 20;
    /** Lips are measured in the middle and at this distance on both sides, in units. */
    private static final float THICKNESS_STEP = 0.07f;
    /** Sharpness is measured over the lips and this margin above and below, in steps of the second number, in units; by eye. */
    private static final float SHARPNESS_MARGIN = 0.04f;

    private static final float SHARPNESS_STEP = 0.02f;

    public final int number;
    public final int shot;
    public final Face face;
    public final MouthSize size;
    public final FaceAxes axes;
    public final float yaw;
    public final LipCurves lips;
    public final Planes pixels;
    /** As {@link MouthShape#opening} counts it. */
    public final float opening;
    /** Corner to corner over the distance of the outer eye corners. */
    public final float width;
    /** See {@link MouthSize#apart}. */
    public final float apart;
    /** Luma of the skin, 0 to 255. */
    public final float light;
    /** Brightness of what is seen between the lips over that of the skin: dark, tongue or teeth; 0 where they are shut. */
    public final float inside;
    /** Of both lips together, in units of {@link FaceAxes}; pressed ones are thin. */
    public final float thickness;
    /** How much the luma of neighbouring pixels differs; blurred looks have less. */
    public final float sharpness;

    /** Keeps what a frame shows. */
    public static OwnLook of(int number, Frame frame, Face face, MouthSize size) {
        FaceAxes axes = new FaceAxes(face);
        Area area = Area.of(axes, lipsOf(face, axes), ASIDE, ABOVE, BELOW);
        Planes pixels = new Planes();
        pixels.copyAround(frame, area.left, area.top, area.right, area.bottom);
        return new OwnLook(number, face, size, SkinTone.lumaOf(frame, face), pixels);
    }

    /**
     * A look whose pixels are known, as one that was saved.
     *
     * @param number of the frame in the source
     * @param light luma of the skin, 0 to 255
     * @param pixels the mouth and its surroundings; kept, not copied
     */
    public OwnLook(int number, Face face, MouthSize size, float light, Planes pixels) {
        this.number = number;
        this.face = face;
        this.pixels = pixels;
        shot = face.shot();
        axes = new FaceAxes(face);
        yaw = face.yaw();
        lips = lipsOf(face, axes);
        this.size = size;
        this.light = light;
        float upright = face.eyeDistance() / axes.unit;
        opening = upright * size.opening();
        width = size.width();
        apart = upright * size.apart();
        inside = inside();
        thickness = thickness();
        sharpness = sharpness();
    }

    /** Whether a frame shows all of a mouth. */
    public static boolean isWhole(Frame frame, Face face) {
        FaceAxes axes = new FaceAxes(face);
        Area area = Area.of(axes, lipsOf(face, axes), BORDER, BORDER, BORDER);
        return area.left >= 0 && area.top >= 0 && area.right < frame.width() && area.bottom < frame.height();
    }

    private static LipCurves lipsOf(Face face, FaceAxes axes) {
        LipCurves lips = new LipCurves();
        lips.fit(face, axes, LipCurves.middleOf(face, axes));
        return lips;
    }

    /** A mouth and what is near it, in pixels of the frame. */
    private record Area(float left, float top, float right, float bottom) {
        static Area of(FaceAxes axes, LipCurves lips, float aside, float above, float below) {
            float x0 = Float.MAX_VALUE;
            float y0 = Float.MAX_VALUE;
            float x1 = -Float.MAX_VALUE;
            float y1 = -Float.MAX_VALUE;
            for (int corner = 0; corner < 4; corner++) {
                float u = lips.middle + ((corner & 1) == 0 ? lips.leftOuter - aside : lips.rightOuter + aside);
                float v = corner < 2 ? lips.upperOuter.least() - above : lips.lowerOuter.most() + below;
                x0 = Math.min(x0, axes.x(u, v));
                x1 = Math.max(x1, axes.x(u, v));
                y0 = Math.min(y0, axes.y(u, v));
                y1 = Math.max(y1, axes.y(u, v));
            }
            return new Area(x0, y0, x1, y1);
        }
    }

    /** Memory that it takes, bytes. */
    public int bytes() {
        return pixels.bytes();
    }

    private float luma(float offset, float v) {
        return pixels.luma.at(axes.x(lips.middle + offset, v), axes.y(lips.middle + offset, v));
    }

    private float inside() {
        if (lips.gap < SHUT) {
            return 0;
        }
        float sum = 0;
        for (int i = 0; i < ACROSS; i++) {
            float offset = SPANNED * (lips.leftInner + (i + 0.5f) / ACROSS * (lips.rightInner - lips.leftInner));
            float upper = lips.upperInner.value(offset);
            float gap = lips.lowerInner.value(offset) - upper;
            for (int j = 0; j < DOWN; j++) {
                sum += luma(offset, upper + gap * (j + 0.5f) / DOWN) - Levels.BLACK;
            }
        }
        return Math.max(0, sum / (ACROSS * DOWN) / Math.max(MIN_LIGHT, light - Levels.BLACK));
    }

    private float thickness() {
        float sum = 0;
        for (int i = -1; i <= 1; i++) {
            float offset = i * THICKNESS_STEP;
            sum += lips.lowerOuter.value(offset) - lips.lowerInner.value(offset);
            sum += lips.upperInner.value(offset) - lips.upperOuter.value(offset);
        }
        return sum / 3;
    }

    private float sharpness() {
        float sum = 0;
        int count = 0;
        for (float offset = lips.leftOuter; offset < lips.rightOuter; offset += SHARPNESS_STEP) {
            float top = lips.upperOuter.value(offset) - SHARPNESS_MARGIN;
            float bottom = lips.lowerOuter.value(offset) + SHARPNESS_MARGIN;
            float last = luma(offset, top);
            for (float v = top + SHARPNESS_STEP; v < bottom; v += SHARPNESS_STEP) {
                float now = luma(offset, v);
                sum += Math.abs(now - last);
                last = now;
                count++;
            }
        }
        return sum / Math.max(1, count) / Math.max(MIN_LIGHT, light - Levels.BLACK);
    }
}
