package io.lipdrop.web.download;

/**
 * A file cannot be sent to its end. The answer has begun, with its length: nothing may be added to it, and the connection is cut,
 * so that the client sees that it is not whole. No handler knows this exception, and it has no stack trace: the web server cuts
 * the connection and logs one line.
 */
final class TransferAborted extends RuntimeException {
    TransferAborted(String message) {
        super(message, null, false, false);
    }
}
