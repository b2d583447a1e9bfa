package io.lipdrop.sync.render;

/** What became of the mouth in a frame. */
public enum MouthResult {
    NO_FACE,
    /** The frame is as it was: the face is turned away, or not to be trusted. */
    UNTOUCHED,
    DRAWN,
    /** The mouth is one that the person makes elsewhere in the video. */
    OWN,
    /** The frame is as it was: what the network gave is not a picture. */
    NO_PICTURE
}
