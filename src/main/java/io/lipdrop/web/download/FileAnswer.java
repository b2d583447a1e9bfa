package io.lipdrop.web.download;

import io.lipdrop.results.OpenResult;
import io.lipdrop.results.ResultFile;
import io.lipdrop.web.connection.ConnectionCut;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Sends a file as RFC 9110 has it: with a strong ETag, or a part of it ({@code Range}), so that a player can seek and a broken
 * download goes on. A request for several ranges gets the whole file.
 */
final class FileAnswer {
    private static final Logger log = LoggerFactory.getLogger(FileAnswer.class);

    /** The web server's buffer for an answer. */
    static final int BUFFER_BYTES = 64 << 10;

    /** What is read at once: more than fits into that buffer, so that it is not copied there. */
    private static final int PIECE_BYTES = 256 << 10;

    /** What browsers show themselves, and what carries no script. */
    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/webp", "application/json");

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    FileAnswer(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** Sends it; as something to look at if that is wanted and harmless, else as something to save. */
    void send(OpenResult open, boolean wantsInline) throws IOException {
        ResultFile file = open.file();
        MediaType type = typeOf(file.file());
        boolean isInline = wantsInline && isShown(type);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, Disposition.of(isInline, file.file()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        protect(response);
        String tag = "\"" + file.tag() + "\"";
        Instant modified = file.modifiedAt();
        if (new ServletWebRequest(request, response).checkNotModified(tag, modified.toEpochMilli())) {
            return;
        }
        List<HttpRange> ranges = isRangeOf(tag, modified) ? ranges() : List.of();
        long start = 0;
        long end = file.bytes() - 1;
        if (ranges.size() == 1) {
            start = ranges.get(0).getRangeStart(file.bytes());
            end = ranges.get(0).getRangeEnd(file.bytes());
            if (start > end) {
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + file.bytes());
                response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
                return;
            }
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(start, end, file.bytes()));
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
        }
        response.setContentType(type.toString());
        response.setContentLengthLong(end - start + 1);
        if (!request.getMethod().equals("HEAD")) {
            send(open.content(), start, end - start + 1, file.file());
        }
    }

    /** What is sent is never run as a page of this server. */
    static void protect(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Security-Policy", "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox");
    }

    private void send(SeekableByteChannel content, long start, long length, String name) throws IOException {
        response.setBufferSize(BUFFER_BYTES);
        OutputStream out = response.getOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(PIECE_BYTES);
        long left = length;
        content.position(start);
        while (left > 0) {
            int read;
            try {
                read = content.read(buffer.clear().limit((int) Math.min(left, PIECE_BYTES)));
            } catch (IOException e) {
                breakOff(name, "cannot be read to its end: " + e.getMessage());
                return;
            }
            if (read < 0) {
                breakOff(name, "became shorter while it was sent");
                return;
            }
            out.write(buffer.array(), 0, read);
            left -= read;
        }
    }

    /** The answer has begun, with its length: nothing may be added to it, so that the client sees that it is not whole. */
    private void breakOff(String name, String why) {
        log.warn("{} {}: the download is broken off", name, why);
        ConnectionCut.of(request).run();
    }

    /** Whether the part that the client has already is of this file ({@code If-Range}). */
    private boolean isRangeOf(String tag, Instant modified) {
        String known = request.getHeader(HttpHeaders.IF_RANGE);
        if (known == null || known.equals(tag)) {
            return true;
        }
        try {
            return !known.startsWith("\"")
                    && !known.startsWith("W/")
                    && request.getDateHeader(HttpHeaders.IF_RANGE) / 1000 == modified.getEpochSecond();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The ranges asked for; none if the header cannot be understood. */
    private List<HttpRange> ranges() {
        try {
            return HttpRange.parseRanges(request.getHeader(HttpHeaders.RANGE));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static MediaType typeOf(String name) {
        return MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
    }

    private static boolean isShown(MediaType type) {
        return type.getType().equals("video")
                || type.getType().equals("audio")
                || SHOWN.contains(type.getType() + "/" + type.getSubtype());
    }
}
