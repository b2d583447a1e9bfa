package io.lipdrop.sync.neural;

/**
 * A square picture of a face at a network's size, as luma and chroma from 0 to 255 like those of a frame.
 *
 * @param side pixels
 * @param planes luma, blue difference, red difference; each row by row
 */
@SuppressWarnings("ArrayRecordComponent") // A buffer that is filled anew for each frame.
record Patch(int side, float[][] planes) {
    Patch(int side) {
        this(side, new float[3][side * side]);
    }
}
