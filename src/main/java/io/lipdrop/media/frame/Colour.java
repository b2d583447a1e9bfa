package io.lipdrop.media.frame;

/**
 * The colour space of sample values, in FFmpeg's names ({@code bt709}, {@code smpte170m}…); {@code unknown} where the file
 * does not say. The range is not kept: frames are always limited range.
 *
 * @param matrix from luma and chroma to red, green and blue
 */
public record Colour(String matrix, String primaries, String transfer) {

    public static final String UNKNOWN = "unknown";

    public static final Colour UNSPECIFIED = new Colour(UNKNOWN, UNKNOWN, UNKNOWN);
}
