package io.lipdrop.media.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Measures the level of signed 16-bit samples, channel by channel, in blocks. */
final class VoiceMeter {
    /** −70 dBFS RMS: inaudible. */
    static final double SILENT_DB = -70;

    /** 25 ms at 16 kHz. */
    private static final int BLOCK_SAMPLES = 400;

    /** Below is quantisation and codec noise; a voice at this level cannot be used. */
    private static final double NOISE_DB = -85;

    private static final double PERCENTILE = 0.9;

    private final long[] histogram = new long[(int) -NOISE_DB + 1];
    private final double[] squares;
    private long samples;
    private double block;
    private int peak;

    VoiceMeter(int channels) {
        squares = new double[channels];
    }

    /** Takes whole samples of all channels; {@code bytes} are little-endian. */
    void add(byte[] bytes, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.remaining() >= squares.length * Short.BYTES) {
            for (int channel = 0; channel < squares.length; channel++) {
                double value = buffer.getShort();
                squares[channel] += value * value;
                block += value * value;
                peak = (int) Math.max(peak, Math.abs(value));
            }
            samples++;
            if (samples % BLOCK_SAMPLES == 0) {
                int level = (int) Math.round(-decibels(block / BLOCK_SAMPLES / squares.length));
                if (level < histogram.length) {
                    histogram[Math.max(0, level)]++;
                }
                block = 0;
            }
        }
    }

    /** Samples of each channel. */
    long samples() {
        return samples;
    }

    /** The largest sample, 0 to 1. */
    double peak() {
        return peak / 32768.0;
    }

    /** The RMS of one channel, dBFS. */
    double loudness(int channel) {
        return decibels(squares[channel] / Math.max(1, samples));
    }

    /** The level of the first channel as text. */
    String loudnessInWords() {
        return Long.toString(Math.round(loudness(0)));
    }

    boolean isSilent() {
        return loudness(0) < SILENT_DB;
    }

    int loudestChannel() {
        int loudest = 0;
        for (int channel = 1; channel < squares.length; channel++) {
            loudest = squares[channel] > squares[loudest] ? channel : loudest;
        }
        return loudest;
    }

    /** The level of speech: the 90th percentile of the blocks above the noise, dBFS; 0 if there are none. */
    double speechLevel() {
        long heard = 0;
        for (long blocks : histogram) {
            heard += blocks;
        }
        long louder = heard - (long) Math.ceil(PERCENTILE * heard);
        int level = 0;
        for (long seen = histogram[0]; heard > 0 && seen <= louder; seen += histogram[level]) {
            level++;
        }
        return -level;
    }

    private static double decibels(double meanSquare) {
        return 10 * Math.log10(meanSquare / 32768 / 32768 + 1e-12);
    }
}
