package io.lipdrop.intake.manifest;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decodes the text of a manifest: all Unicode encodings, with or without byte order mark, and some others. */
final class ManifestText {
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

    /** Longest mark first: UTF-32LE begins with the mark of UTF-16LE. */
    private static final List<Charset> MARKED = List.of(UTF_32LE, UTF_32BE, UTF_8, UTF_16LE, UTF_16BE);

    private static final String MARK = "\ufeff";

    /** Other encodings that editors write; the right one is found by the files that the manifest names. */
    private static final List<Charset> LEGACY = Stream.of(
                    "GB18030",
                    "windows-1252",
                    "Big5",
                    "windows-31j",
                    "x-windows-949",
                    "windows-1251",
                    "windows-1250",
                    "IBM850",
                    "x-MacRoman")
            .filter(Charset::isSupported) // a reduced Java runtime has fewer
            .map(Charset::forName)
            .toList();

    private ManifestText() {}

    /** Whether it is empty: no bytes, only white space, or only zeros (reserved by a copying program). */
    static boolean isBlank(byte[] content) {
        for (byte octet : content) {
            if (octet != 0 && octet != ' ' && octet != '\t' && octet != '\r' && octet != '\n') {
                return false;
            }
        }
        return true;
    }

    /** The text if it is Unicode. */
    static Optional<String> unicode(byte[] content) {
        for (Charset marked : MARKED) {
            byte[] mark = MARK.getBytes(marked);
            if (content.length >= mark.length && Arrays.equals(mark, Arrays.copyOf(content, mark.length))) {
                return decoded(content, mark.length, marked);
            }
        }
        for (Charset wide : List.of(UTF_32LE, UTF_32BE, UTF_16LE, UTF_16BE)) {
            Optional<String> text = decoded(content, 0, wide).filter(ManifestText::isPlausible);
            if (text.isPresent()) {
                return text;
            }
        }
        return decoded(content, 0, UTF_8);
    }

    /** The text in each of the other encodings in which it is valid. */
    static Stream<String> legacy(byte[] content) {
        return LEGACY.stream().flatMap(charset -> decoded(content, 0, charset).stream());
    }

    /** In the wrong 16-bit or 32-bit encoding every ASCII character is a different one. */
    private static boolean isPlausible(String text) {
        return text.indexOf(':') >= 0 && text.indexOf('\0') < 0;
    }

    private static Optional<String> decoded(byte[] content, int start, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .decode(ByteBuffer.wrap(content, start, content.length - start))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
