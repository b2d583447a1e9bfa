package io.lipdrop.web.connection;

import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Tells an answer that nobody takes up any more from one that cannot be made. */
public final class ClientGone {
    private ClientGone() {}

    /** Whether the client has closed its connection: as the server says it, or as Spring passes it on to controllers. */
    public static boolean isSaidBy(IOException error) {
        return error instanceof ClientAbortException || error instanceof AsyncRequestNotUsableException;
    }
}
