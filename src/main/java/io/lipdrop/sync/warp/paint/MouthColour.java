package io.lipdrop.sync.warp.paint;

import static io.lipdrop.sync.pixel.Scalars.lerp;

/** The colour of one place of a mouth while layer after layer is laid over it: luma and chroma, 0 to 255. */
final class MouthColour {
    float luma;
    float cb;
    float cr;

    void set(float newLuma, float newCb, float newCr) {
        luma = newLuma;
        cb = newCb;
        cr = newCr;
    }

    /** Lays a colour over it, of which this part covers, 0 to 1. */
    void mix(float cover, float newLuma, float newCb, float newCr) {
        luma = lerp(luma, newLuma, cover);
        cb = lerp(cb, newCb, cover);
        cr = lerp(cr, newCr, cover);
    }
}
