package io.lipdrop.sync.voice;

/**
 * What a mouth does at one moment, whoever's it is.
 *
 * @param opening gap between the inner lips over the distance of the outer eye corners: as the face mesh sees it, in
 *     the mean of three places: 0 closed, also where they press; 0.1 in speech
 * @param width change of the distance between the mouth's corners, in the same unit: positive spread, negative rounded
 * @param press how firmly the lips are pressed together, 0 to 1 (p, b, m)
 * @param tuck how far the lower lip is tucked under the upper teeth, 0 to 1 (f, v)
 * @param teeth how far the teeth are together behind the open lips, 0 to 1 (s, z)
 */
public record MouthShape(float opening, float width, float press, float tuck, float teeth) {
    /** The closed mouth at rest. */
    public static final MouthShape REST = new MouthShape(0, 0, 0, 0, 0);

    /** Values beyond what a mouth can do are cut to what it can; NaN is refused. */
    public MouthShape {
        opening = within(opening, 0, 0.4f);
        width = within(width, -0.25f, 0.25f);
        press = within(press, 0, 1);
        tuck = within(tuck, 0, 1);
        teeth = within(teeth, 0, 1);
    }

    private static float within(float value, float least, float most) {
        if (Float.isNaN(value)) {
            throw new IllegalArgumentException("A mouth shape has NaN or infinite values");
        }
        return Math.max(least, Math.min(most, value));
    }
}
