package io.lipdrop.sync.voice;

import java.io.IOException;

/**
 * How much louder a recording has to be for the voice network: the rule is part of the network's contract
 * (models/voice_to_mouth.md) and the same as in training.
 */
final class Loudness {
    private static final int BLOCK_SAMPLES = 400; // 25 ms
    private static final double QUIET_DB = -60;
    private static final double TARGET_DB = -20;
    private static final double MAX_GAIN_DB = 35;
    private static final double PERCENTILE = 0.9;

    /** Levels are counted in hundredths of a decibel, so that hours of sound take no more memory than a second. */
    private static final int STEPS_PER_DB = 100;

    private Loudness() {}

    /** The factor that brings the 90th percentile of the level of the blocks above −60 dBFS to −20 dBFS. */
    static float gain(VoiceSamples voice) throws IOException {
        long[] histogram = new long[(int) (-QUIET_DB * STEPS_PER_DB) + 1];
        long heard = 0;
        float[] piece = new float[BLOCK_SAMPLES * 400];
        for (long at = 0; at < voice.count(); at += piece.length) {
            voice.read(at, piece);
            int blocks = (int) (Math.min(piece.length, voice.count() - at) / BLOCK_SAMPLES);
            for (int block = 0; block < blocks; block++) {
                double level = level(piece, block * BLOCK_SAMPLES);
                if (level > QUIET_DB) {
                    histogram[(int) Math.round(Math.min(0, level) * -STEPS_PER_DB)]++;
                    heard++;
                }
            }
        }
        return heard == 0 ? 1 : factor(histogram, heard);
    }

    private static float factor(long[] histogram, long heard) {
        long louder = heard - (long) Math.ceil(PERCENTILE * heard); // blocks above the percentile
        int step = 0;
        for (long seen = histogram[0]; seen <= louder; seen += histogram[step]) {
            step++;
        }
        double gain = TARGET_DB + step / (double) STEPS_PER_DB;
        return (float) Math.pow(10, Math.min(gain, MAX_GAIN_DB) / 20);
    }

    private static double level(float[] samples, int first) {
        double sum = 0;
        for (int i = first; i < first + BLOCK_SAMPLES; i++) {
            sum += samples[i] * samples[i];
        }
        return 10 * Math.log10(sum / BLOCK_SAMPLES + 1e-12);
    }
}
