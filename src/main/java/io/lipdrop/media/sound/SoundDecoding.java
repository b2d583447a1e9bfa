package io.lipdrop.media.sound;

import io.lipdrop.files.PendingFile;
import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.ffmpeg.Abort;
import io.lipdrop.media.ffmpeg.Child;
import io.lipdrop.media.ffmpeg.Exit;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import io.lipdrop.media.probe.MediaInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoding of one file: finds the track, the channels and the level at which its voice can be heard. Most files are
 * decoded once; a measurement of one pass decides whether another is needed.
 */
final class SoundDecoding {
    private static final int BLOCK_BYTES = 1 << 16;

    /** A mix below this level (RMS in dBFS) may have channels that cancel each other. */
    private static final double QUIET_DB = -30;

    /** Independent channels differ from their mix by much less. */
    private static final double FAR_LOUDER_DB = 12;

    /** A voice below this level is raised to {@link #RAISED_DB} for the models. */
    private static final double TOO_QUIET_DB = -40;

    private static final double RAISED_DB = -25;

    /** The sum of all channels is reduced to this peak if it is louder. */
    private static final double HIGHEST_PEAK = 0.89;

    /** FFmpeg's message when parameters have changed: it restarted its filters, with time 0. */
    private static final String BEGAN_ANEW = "non monotonically increasing dts";

    private final Ffmpeg ffmpeg;
    private final Abort abort;
    private final Runnable moved;
    private final String name;
    private final PendingFile raw;
    private final PendingFile aac;
    private final PendingFile joined;
    private final List<String> warnings = new ArrayList<>();

    /**
     * A decoding.
     *
     * @param name of the file, for messages
     * @param raw receives the voice
     * @param aac receives the delivered sound
     * @param joined for a copy of the sound, if needed
     */
    SoundDecoding(
            Ffmpeg ffmpeg,
            Abort abort,
            Runnable moved,
            String name,
            PendingFile raw,
            PendingFile aac,
            PendingFile joined) {
        this.ffmpeg = ffmpeg;
        this.abort = abort;
        this.moved = moved;
        this.name = name;
        this.raw = raw;
        this.aac = aac;
        this.joined = joined;
    }

    List<String> warnings() {
        return warnings;
    }

    /**
     * Decodes the track with this number, or another one if it is silent.
     *
     * @return samples of the voice
     */
    long decode(Path file, MediaInfo info, int index) throws IOException {
        List<SoundTrack> tracks = SoundTrack.of(ffmpeg, file, info, abort);
        SoundTrack track = tracks.stream()
                .filter(one -> one.index() == index)
                .findFirst()
                .orElseThrow(() -> MediaInfo.noAudio(name));
        List<JoinedFile.Part> parts = partsOf(file);
        if (parts.size() > 1) {
            track = new JoinedSound(ffmpeg, abort, moved).ofParts(parts, track, joined, warnings);
        }
        VoiceMeter heard = decode(track);
        if (heard.isSilent() && parts.size() <= 1) {
            for (SoundTrack other : tracks) {
                if (other.index() != index && sounds(other)) {
                    warnings.add("Sound track %d of %s is silent; track %d is used."
                            .formatted(track.number(), name, other.number()));
                    heard = decode(other);
                    break;
                }
            }
        }
        if (heard.peak() == 0) {
            warnings.add(name + " is silent: the mouth stays closed.");
        } else if (heard.isSilent()) {
            warnings.add("%s is nearly silent (%s dB).".formatted(name, heard.loudnessInWords()));
        }
        return heard.samples();
    }

    /** None if they cannot be listed: FFmpeg reports the reason. */
    private List<JoinedFile.Part> partsOf(Path file) {
        try {
            return JoinedFile.partsOf(file, moved);
        } catch (IOException e) {
            return List.of();
        }
    }

    private VoiceMeter decode(SoundTrack track) throws IOException {
        String mix = track.hasKnownLayout() ? SoundGraph.AS_IT_IS : allChannels(track);
        Pass pass = run(track, SoundGraph.both(track, mix, seconds(), aac.path()), 1, true);
        if (pass.beganAnew()) {
            track = new JoinedSound(ffmpeg, abort, moved).ofTrack(track, joined);
            mix = SoundGraph.AS_IT_IS;
            pass = run(track, SoundGraph.both(track, mix, seconds(), aac.path()), 1, true);
        }
        VoiceMeter heard = pass.meter();
        if (track.channels() > 1 && heard.loudness(0) < QUIET_DB) {
            VoiceMeter channels = run(track, SoundGraph.channels(track, seconds()), track.channels(), false)
                    .meter();
            int loudest = channels.loudestChannel();
            if (channels.loudness(loudest) > FAR_LOUDER_DB + heard.loudness(0)) {
                mix = SoundGraph.oneChannel(loudest);
                heard = only(track, loudest, mix);
            }
        }
        double level = heard.speechLevel();
        if (level < TOO_QUIET_DB) {
            run(track, SoundGraph.voice(track, mix, RAISED_DB - level, seconds()), 1, true);
        }
        return heard;
    }

    /**
     * If one channel is inverted, the mix is silent. Of two channels both are delivered anyway. Of more, only the voice is
     * delivered, because players that mix them would lose it too.
     */
    private VoiceMeter only(SoundTrack track, int channel, String mix) throws IOException {
        if (track.channels() == 2) {
            return run(track, SoundGraph.voice(track, mix, 0, seconds()), 1, true)
                    .meter();
        }
        warnings.add("%2$s has %1$d channels; only channel %3$d is used, because it would be too quiet in a mix of all."
                .formatted(track.channels(), name, channel + 1));
        return run(track, SoundGraph.both(track, mix, seconds(), aac.path()), 1, true)
                .meter();
    }

    /** The sum of all channels, or as much of it as does not clip. */
    private String allChannels(SoundTrack track) throws IOException {
        String mean = SoundGraph.allChannels(track.channels(), 1.0 / track.channels());
        double peak = run(track, SoundGraph.voice(track, mean, 0, seconds()), 1, false)
                .meter()
                .peak();
        double gain = Math.min(1, HIGHEST_PEAK / Math.max(peak, 1e-6) / track.channels());
        return SoundGraph.allChannels(track.channels(), gain);
    }

    private boolean sounds(SoundTrack track) throws IOException {
        String mix = track.hasKnownLayout() ? SoundGraph.AS_IT_IS : SoundGraph.allChannels(track.channels(), 1);
        try {
            return track.channels() > 0
                    && !run(track, SoundGraph.voice(track, mix, 0, seconds()), 1, false)
                            .meter()
                            .isSilent();
        } catch (MediaException e) {
            if (e.kind() != Kind.DAMAGED) {
                throw e;
            }
            return false;
        }
    }

    /** One pass through the sound, and whether FFmpeg restarted its filters in it. */
    private record Pass(VoiceMeter meter, boolean beganAnew) {}

    private Pass run(SoundTrack track, List<String> outputs, int channels, boolean isKept) throws IOException {
        try (Child child = abort.guard(ffmpeg.read(track.file(), track.container(), SoundGraph.INPUT, outputs));
                OutputStream out = isKept ? Files.newOutputStream(raw.path()) : OutputStream.nullOutputStream()) {
            VoiceMeter meter = new VoiceMeter(channels);
            byte[] block = new byte[BLOCK_BYTES / (channels * Short.BYTES) * channels * Short.BYTES];
            for (int n = child.read(block); n > 0; n = child.read(block)) {
                out.write(block, 0, n);
                meter.add(block, n);
                moved.run();
            }
            Exit exit = child.waitForExit();
            if (exit.isViolent() || meter.samples() == 0) {
                throw exit.failure(name, Kind.DAMAGED);
            }
            return new Pass(meter, exit.lastWords().contains(BEGAN_ANEW));
        }
    }

    private String seconds() {
        return Long.toString(ffmpeg.limits().duration().toSeconds());
    }
}
