package io.lipdrop.sync.warp;

import io.lipdrop.media.frame.Frame;
import io.lipdrop.sync.face.Face;
import io.lipdrop.sync.warp.person.InnerLook;
import io.lipdrop.sync.warp.person.RestMouth;
import io.lipdrop.sync.warp.person.RestWidth;
import io.lipdrop.sync.warp.person.SkinTone;
import io.lipdrop.sync.warp.shape.FaceAxes;
import io.lipdrop.sync.warp.shape.LipCurves;

/** What is known of the person in one shot of a clip: the light on the skin, the mouth at rest, the teeth. Bounded memory. */
final class KnownPerson {
    /** See {@link Face#shot}. */
    final int shot;

    final SkinTone skin = new SkinTone();
    final InnerLook inner = new InnerLook();
    final RestMouth rest = new RestMouth();
    private final RestWidth restWidth = new RestWidth();
    private float mostlyWide;

    KnownPerson(int shot) {
        this.shot = shot;
    }

    /** Takes the lips of a frame, about the known middle of the mouth. */
    void fit(LipCurves lips, Face face, FaceAxes axes) {
        lips.fit(face, axes, rest.middle(LipCurves.middleOf(face, axes), axes, face.yaw()));
    }

    /** Sees the skin and how wide the mouth is, in any frame with a face. */
    void see(Frame frame, Face face, LipCurves lips) {
        mostlyWide = restWidth.follow(lips.width());
        skin.look(frame, face);
    }

    /**
     * Sees the mouth, where it is whole and in view.
     *
     * @param frames how many frames of the clip this one stands for
     * @param painting whether what is learned shows at once, so that it should change rarely
     */
    void learn(Frame frame, FaceAxes axes, LipCurves lips, float yaw, int frames, boolean painting) {
        inner.look(frame, axes, lips, skin, yaw, painting);
        rest.look(frame, axes, lips, yaw, frames, painting);
    }

    /** The width of the mouth at rest. */
    float restWidth() {
        return rest.width(mostlyWide);
    }

    /** Ends studying: what was learned holds from the first painted frame on. */
    void settle() {
        inner.settle();
        rest.settle();
    }
}
