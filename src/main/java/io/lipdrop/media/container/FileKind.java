package io.lipdrop.media.container;

import io.lipdrop.media.MediaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Identifies an unsupported file by its first bytes, so that the report names what it is.
 *
 * @param is text that follows the file name
 * @param hint what to do
 */
public record FileKind(String is, String hint) {
    private static final int BYTES = 4096;
    private static final int NEW_SUBFILE_TYPE = 0xfe;
    private static final int DNG_VERSION = 0xc612;
    private static final String PICTURE = "Export it as a JPEG or PNG image and drop it again.";
    private static final String VIDEO = "Export it as MP4 (H.264) and drop it again.";
    private static final String UNPACK = "Unpack it and drop the files in it.";
    private static final String NOT_THIS = "Drop a video, an image or a sound recording.";

    /** A byte with the flag for animation (WebP container specification, extended format). */
    private static final String ANIMATED = IntStream.range(0, 256)
            .filter(b -> (b & 2) != 0)
            .mapToObj("\\x%02x"::formatted)
            .collect(Collectors.joining("", "[", "]"));

    private record Signature(Pattern beginning, FileKind kind) {}

    /** Signatures as ISO 8859-1 text; the first match counts. */
    private static final List<Signature> SIGNATURES = List.of(
            of("\\x00{4096}", "begins with zeros: it was not copied completely", "Copy it again."),
            of("%PDF", "is a PDF document", PICTURE),
            of(
                    "PK\\x03\\x04(?s:.*)(word/|ppt/|xl/|\\[Content_Types]|mimetypeapplication)",
                    "is an Office document",
                    NOT_THIS),
            of("PK\\x03\\x04", "is a ZIP archive", UNPACK),
            of("Rar!", "is a RAR archive", UNPACK),
            of("7z\\xbc\\xaf", "is a 7-Zip archive", UNPACK),
            of("\\x1f\\x8b|\\xfd7zXZ|BZh|\\x28\\xb5\\x2f\\xfd", "is a compressed file", UNPACK),
            of("\\xd0\\xcf\\x11\\xe0", "is an Office document", NOT_THIS),
            of("(?s).{0,300}<svg", "is a drawing (SVG)", PICTURE),
            of(
                    "(?is)\\s*(<!doctype html|<html)",
                    "is a web page",
                    "Download the video itself, not the page that shows it."),
            of(
                    "\\s*#EXTM3U|\\s*ffconcat|(?s).{0,200}<MPD",
                    "is a playlist: it only lists other files",
                    "Drop the media files themselves."),
            of("WEBVTT|\\[Script Info]|(\\xef\\xbb\\xbf)?1\\r?\\n\\d\\d:", "is a subtitle file", NOT_THIS),
            of("8BPS|gimp xcf", "is a project file of a paint program", PICTURE),
            of("\\xff\\x0a|\\x00\\x00\\x00\\x0cJXL ", "is a JPEG XL image", PICTURE),
            of(
                    "(?s)RIFF.{4}WEBPVP8X.{4}" + ANIMATED + "",
                    "is an animated WebP",
                    "Save it as MP4 or GIF and drop it again."),
            of("(?s).{4}ftypcrx |FUJIFILMCCD-RAW|IIRO|IIRS|IIU\\x00", "is a RAW photograph", PICTURE),
            of("(?s).{4}ftypaax", "is a copy-protected audio book", "Use a recording without copy protection."),
            of(
                    "(?s).{4}(styp|moof|sidx)",
                    "is one segment of a stream, without the beginning",
                    "Download or join the whole video and drop it again."),
            of("MThd", "is a MIDI file: it contains notes, not sound", "Export it as WAV or MP3 and drop it again."),
            of("\\.RMF", "is RealMedia", VIDEO),
            of("[FCZ]WS[\\x01-\\x30]", "is a Flash animation", VIDEO),
            of(
                    "\\x00\\x00(\\x00)?\\x01[\\x09\\x27\\x40\\x42\\x46\\x67]",
                    "is a raw H.264 or H.265 stream without a container",
                    "Put it into an MP4, for example with: ffmpeg -r 25 -i IN -c copy OUT.mp4"),
            of(
                    "\\x00\\x05\\x16\\x07",
                    "is a macOS metadata file (AppleDouble), not the file itself",
                    "Drop the file itself."),
            of("MZ|\\x7fELF", "is a program", NOT_THIS),
            of("[\\t\\r\\n\\x20-\\x7e\\x80-\\xff]{16}[\\t\\r\\n\\x20-\\x7e\\x80-\\xff]*$", "is a text file", NOT_THIS));

    private static Signature of(String beginning, String is, String hint) {
        return new Signature(Pattern.compile("^(?:" + beginning + ")"), new FileKind(is, hint));
    }

    /** The kind of a file that FFmpeg cannot read; empty if unknown. */
    public static Optional<FileKind> of(Path file) {
        String beginning = new String(beginning(file), StandardCharsets.ISO_8859_1);
        return SIGNATURES.stream()
                .filter(signature -> signature.beginning().matcher(beginning).find())
                .map(Signature::kind)
                .findFirst();
    }

    /**
     * A RAW photograph in TIFF form (DNG, NEF, ARW, CR2): FFmpeg would use the small preview that comes first. The preview
     * is marked as reduced (TIFF 6.0, NewSubfileType), or the file as RAW.
     */
    public static Optional<FileKind> rawPhotograph(Path file) {
        ByteBuffer tiff = ByteBuffer.wrap(beginning(file));
        boolean isLittle = tiff.limit() > 16 && tiff.getInt(0) == 0x49492a00;
        if (!isLittle && (tiff.limit() <= 16 || tiff.getInt(0) != 0x4d4d002a)) {
            return Optional.empty();
        }
        tiff.order(isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        boolean isRaw = tiff.get(8) == 'C' && tiff.get(9) == 'R';
        int directory = tiff.getInt(4);
        for (int i = 0; directory > 0 && directory <= BYTES && !isRaw && directory + 14 + 12 * i <= tiff.limit(); i++) {
            int entry = directory + 2 + 12 * i;
            int tag = tiff.getShort(entry) & 0xffff;
            boolean isLast = i >= (tiff.getShort(directory) & 0xffff);
            isRaw = !isLast && (tag == DNG_VERSION || (tag == NEW_SUBFILE_TYPE && (tiff.getInt(entry + 8) & 1) == 1));
        }
        return isRaw ? Optional.of(new FileKind("is a RAW photograph", PICTURE)) : Optional.empty();
    }

    private static byte[] beginning(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(BYTES);
        } catch (IOException e) {
            return new byte[0]; // the next reader reports the reason
        }
    }

    /** The message about the file. */
    public MediaException refusal(String name) {
        return new MediaException(MediaException.Kind.NOT_MEDIA, "%s %s.".formatted(name, is), hint);
    }

    /** The message about a file with unsupported codecs. */
    public static MediaException unreadableCodecs(String name, Iterable<String> codecs) {
        return new MediaException(
                MediaException.Kind.NOT_MEDIA,
                "%s is encoded as %s, which is not supported."
                        .formatted(name, String.join(" and ", codecs).toUpperCase(Locale.ROOT)),
                "Export it as MP4 (H.264) if it is a video, as WAV if it is sound, and drop it again.");
    }
}
