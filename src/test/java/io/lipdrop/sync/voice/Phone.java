package io.lipdrop.sync.voice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One phone of a recording.
 *
 * @param start in seconds
 * @param end in seconds
 * @param name in IPA
 */
public record Phone(double start, double end, String name) {
    /** People whom the network has not learned from, saying 54 p, b and m; training/spoken.py made both files. */
    public static final Path SPOKEN = Path.of("src/test/resources/spoken.ogg").toAbsolutePath();

    private static final Path LABELS = Path.of("src/test/resources/spoken.txt");

    /** The phones of {@link #SPOKEN}. */
    public static List<Phone> spoken() throws IOException {
        return Files.readAllLines(LABELS).stream()
                .map(line -> line.split("\t", -1))
                .map(parts -> new Phone(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), parts[2]))
                .toList();
    }

    /** Whether lips touch in it. */
    public boolean isPressed() {
        return "pbm".contains(name);
    }

    /** Whether the mouth is wide open in it. */
    public boolean isOpen() {
        return "aɑæɛ".contains(name) && end - start >= 0.08;
    }
}
