package io.lipdrop.media.probe;

/**
 * The sound of a file.
 *
 * @param index the stream's number in the file
 * @param codec FFmpeg's name of the codec
 * @param sampleRate samples per second and channel
 * @param bitRate bits per second, 0 where the file does not say
 * @param seconds how long it is as the file says, 0 where it does not say so in a header
 */
public record AudioStream(int index, String codec, int sampleRate, int channels, long bitRate, double seconds) {}
