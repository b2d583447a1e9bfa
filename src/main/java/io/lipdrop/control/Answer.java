package io.lipdrop.control;

/** What became of a request. */
public enum Answer {
    /** It is carried out, or will be even if Lipdrop ends now. */
    DONE,
    /** What it names has ended, so that nothing is left to do. */
    ENDED,
    /** It cannot be carried out now, but may be later. */
    NOT_NOW,
    /** What it names does not exist. */
    UNKNOWN
}
