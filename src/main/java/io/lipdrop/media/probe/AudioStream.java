package io.lipdrop.media.probe;

/**
 * The sound of a file.
 *
 * @param index the stream's number in the file
 * @param codec FFmpeg's name of the codec
 * @param sampleRate samples per second and channel
 * @param bitRate bits per second, 0 if unknown
 * @param seconds its length from a header, 0 if unknown
 */
public record AudioStream(int index, String codec, int sampleRate, int channels, long bitRate, double seconds) {}
