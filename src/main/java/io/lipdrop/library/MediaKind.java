package io.lipdrop.library;

import io.lipdrop.home.Names;
import io.lipdrop.library.LibraryFile.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file seems to be. Thousands are listed at once, so none is decoded. */
final class MediaKind {
    private static final int BYTES = 16;

    private static final Map<String, Kind> BY_EXTENSION = Map.ofEntries(
            Map.entry("wav", Kind.AUDIO),
            Map.entry("mp3", Kind.AUDIO),
            Map.entry("m4a", Kind.AUDIO),
            Map.entry("aac", Kind.AUDIO),
            Map.entry("flac", Kind.AUDIO),
            Map.entry("ogg", Kind.AUDIO),
            Map.entry("oga", Kind.AUDIO),
            Map.entry("opus", Kind.AUDIO),
            Map.entry("spx", Kind.AUDIO),
            Map.entry("amr", Kind.AUDIO),
            Map.entry("wma", Kind.AUDIO),
            Map.entry("aif", Kind.AUDIO),
            Map.entry("aiff", Kind.AUDIO),
            Map.entry("mp4", Kind.VIDEO),
            Map.entry("m4v", Kind.VIDEO),
            Map.entry("mov", Kind.VIDEO),
            Map.entry("mkv", Kind.VIDEO),
            Map.entry("webm", Kind.VIDEO),
            Map.entry("avi", Kind.VIDEO),
            Map.entry("flv", Kind.VIDEO),
            Map.entry("mpg", Kind.VIDEO),
            Map.entry("mpeg", Kind.VIDEO),
            Map.entry("ts", Kind.VIDEO),
            Map.entry("mts", Kind.VIDEO),
            Map.entry("m2ts", Kind.VIDEO),
            Map.entry("wmv", Kind.VIDEO),
            Map.entry("3gp", Kind.VIDEO),
            Map.entry("gif", Kind.IMAGE),
            Map.entry("png", Kind.IMAGE),
            Map.entry("jpg", Kind.IMAGE),
            Map.entry("jpeg", Kind.IMAGE),
            Map.entry("webp", Kind.IMAGE),
            Map.entry("heic", Kind.IMAGE),
            Map.entry("heif", Kind.IMAGE),
            Map.entry("bmp", Kind.IMAGE),
            Map.entry("tif", Kind.IMAGE),
            Map.entry("tiff", Kind.IMAGE));

    /** First bytes as ISO 8859-1 text; the first match counts. */
    private static final Map<Pattern, Kind> BY_BEGINNING = beginnings();

    private MediaKind() {}

    /** Nothing where it is no media file. */
    static Optional<Kind> of(Path file) {
        String extension = Names.extension(Names.fileName(file)).toLowerCase(Locale.ROOT);
        Kind known = extension.isEmpty() ? null : BY_EXTENSION.get(extension.substring(1));
        return known != null ? Optional.of(known) : byBeginning(file);
    }

    private static Optional<Kind> byBeginning(Path file) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            String beginning = new String(in.readNBytes(BYTES), StandardCharsets.ISO_8859_1);
            return BY_BEGINNING.entrySet().stream()
                    .filter(known -> known.getKey().matcher(beginning).find())
                    .map(Map.Entry::getValue)
                    .findFirst();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty(); // it cannot be read, so no job can use it
        }
    }

    private static Map<Pattern, Kind> beginnings() {
        Map<Pattern, Kind> kinds = new LinkedHashMap<>();
        kinds.put(beginning("RIFF.{4}WAVE|ID3|\\xff[\\xe2-\\xfb]|fLaC|OggS|#!AMR|FORM.{4}AIF"), Kind.AUDIO);
        kinds.put(beginning("RIFF.{4}WEBP|\\x89PNG|\\xff\\xd8\\xff|GIF8|.{4}ftyp(heic|heix|mif1)"), Kind.IMAGE);
        kinds.put(beginning(".{4}ftypM4A"), Kind.AUDIO);
        kinds.put(
                beginning(".{4}(ftyp|moov|mdat)|\\x1aE\\xdf\\xa3|RIFF.{4}AVI |FLV\\x01|\\x00\\x00\\x01\\xba"),
                Kind.VIDEO);
        kinds.put(beginning("\\x30\\x26\\xb2\\x75"), Kind.VIDEO);
        return kinds;
    }

    private static Pattern beginning(String pattern) {
        return Pattern.compile("^(?:" + pattern + ")", Pattern.DOTALL);
    }
}
