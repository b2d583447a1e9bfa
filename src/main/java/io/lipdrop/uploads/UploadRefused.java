package io.lipdrop.uploads;

/** A request about an upload that is not carried out; nothing has changed, except that bytes already received are kept. */
public final class UploadRefused extends RuntimeException {
    private final Reason reason;

    public UploadRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public enum Reason {
        /** There is no such upload: never, or not any more. */
        UNKNOWN,
        /** A batch has taken it. */
        USED,
        /** Not all of it has arrived. */
        UNFINISHED,
        /** The bytes do not go on where the file ends. */
        WRONG_OFFSET,
        /** Another request sends this upload now. */
        BUSY,
        /** It is larger than allowed, or than announced. */
        TOO_LARGE,
        /** The disk has not enough room. */
        NO_ROOM,
        /** There are too many uploads that nobody has used. */
        TOO_MANY,
        /** The metadata cannot be read. */
        BAD_METADATA
    }

    static UploadRefused unknown(String id) {
        return new UploadRefused(Reason.UNKNOWN, "There is no upload %s.".formatted(id));
    }

    public Reason reason() {
        return reason;
    }
}
