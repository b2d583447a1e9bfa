package io.lipdrop.home;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Names of files and jobs: the user's own where possible, valid on every file system and share, and never too long.
 */
public final class Names {
    /** File systems allow 255 bytes or UTF-16 units; this leaves room for {@code -2.error.json} and the queue's prefix. */
    private static final int MAX_BYTES = 180;

    /** A longer text after the last dot is not an extension. */
    private static final int LONGEST_EXTENSION = 16;

    /** Device names of Windows, with any extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
    private static final Pattern DEVICE = Pattern.compile(
            "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|CLOCK\\$|(COM|LPT)[0-9¹²³])( *)(\\..*)?", Pattern.CASE_INSENSITIVE);

    /** What the name of each report ends with. */
    public static final String REPORT = ".error.json";

    private static final String RESERVED = "<>:\"|?*\\/";

    /** Invisible characters: two names would look the same. Without the joiners, which emoji and many scripts need. */
    private static final Set<Integer> INVISIBLE =
            Set.of(0xAD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0xFEFF);

    private static final Pattern LIKE_A_CHECKSUM = Pattern.compile(".*-[0-9a-f]{8}");

    private Names() {}

    /** The last name of a path, never null. */
    public static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** A file name without extension, as changed by {@link #fit}. */
    public static String stem(String fileName) {
        String last = baseName(fileName);
        int dot = last.lastIndexOf('.');
        return fit(dot > 0 && isExtension(last, dot) ? last.substring(0, dot) : last);
    }

    /** The text after the last slash of a path as a person writes it. */
    public static String baseName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** A file's extension with its dot, or an empty text; characters that not every share can store become {@code _}. */
    public static String extension(String fileName) {
        String last = baseName(fileName);
        int dot = last.lastIndexOf('.');
        return dot > 0 && isExtension(last, dot) ? withoutReserved(last.substring(dot)) : "";
    }

    /** This path, or where something lies there the first beside it that is free: {@code a-2.mp4}, {@code a-3.mp4} … */
    public static Path free(Path wanted) {
        String name = fileName(wanted);
        Path free = wanted;
        for (int count = 2; Files.exists(free); count++) {
            free = wanted.resolveSibling(stem(name) + "-" + count + extension(name));
        }
        return free;
    }

    /**
     * Makes a result name valid on every system and share. Characters reserved by Windows and SMB, control characters,
     * invisible characters and marks for the direction of writing become {@code _}; also spaces and dots at the end, and a dot
     * at the beginning, which hides a file. {@code CON} becomes {@code CON_}. Every other name is unchanged.
     */
    public static String fit(String name) {
        String plain = shortened(withoutReserved(name));
        if (plain.isEmpty()) {
            return "_";
        }
        if (plain.startsWith(".")) {
            plain = "_" + plain.substring(1);
        }
        Matcher device = DEVICE.matcher(plain);
        if (device.matches()) {
            return plain.substring(0, device.end(1)) + "_" + plain.substring(device.end(1));
        }
        return Litter.isLitter(plain) ? plain + "_" : plain;
    }

    /** The name of a failed job's video next to its report. */
    public static String sourceInError(String stem, String videoName) {
        return stem + extension(videoName);
    }

    /** The name of the report of a failed job, or of a drop that was refused as a whole. */
    public static String report(String stem) {
        return stem + REPORT;
    }

    /** A job's id: readable, unique, without special characters of routes or shells. */
    public static String jobId(String batch, int sequence) {
        String plain = shortened(batch).replaceAll("[^\\p{L}\\p{N}._-]", "_");
        boolean isItself =
                plain.equals(batch) && !LIKE_A_CHECKSUM.matcher(plain).matches();
        String unique = isItself ? plain : plain + "-" + checksum(batch);
        return "%s-%02d".formatted(unique, sequence);
    }

    private static boolean isExtension(String name, int dot) {
        return name.length() - dot <= LONGEST_EXTENSION && name.length() - dot > 1;
    }

    private static String withoutReserved(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints().forEach(symbol -> plain.appendCodePoint(isReserved(symbol) ? '_' : symbol));
        for (int last = plain.length() - 1; last >= 0 && ". ".indexOf(plain.charAt(last)) >= 0; last--) {
            plain.setCharAt(last, '_');
        }
        return plain.toString();
    }

    private static boolean isReserved(int symbol) {
        boolean turnsDirection = (symbol >= 0x202A && symbol <= 0x202E) || (symbol >= 0x2066 && symbol <= 0x2069);
        return RESERVED.indexOf(symbol) >= 0
                || Character.isISOControl(symbol)
                || Character.getType(symbol) == Character.SURROGATE
                || turnsDirection
                || INVISIBLE.contains(symbol);
    }

    private static String shortened(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return name;
        }
        StringBuilder kept = new StringBuilder();
        int bytes = 0;
        for (int symbol : name.codePoints().toArray()) {
            bytes += Character.toString(symbol).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES - 9) {
                break;
            }
            kept.appendCodePoint(symbol);
        }
        return kept + "-" + checksum(name);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
