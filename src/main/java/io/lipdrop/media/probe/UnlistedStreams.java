package io.lipdrop.media.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.media.ffmpeg.SafeInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Unused streams whose decoders are not on the list: subtitles, covers, further tracks. ffprobe opens the decoder of every
 * stream, although it decodes only requested ones, and stops at the first that is not allowed. So it may open these too. What
 * FFmpeg decodes, also while probing streams, stays limited by the list of {@link SafeInput}, which applies to the whole
 * container.
 *
 * @param decoders FFmpeg's names of the decoders that are opened and never used
 * @param examples a number of a stream for each of them
 */
public record UnlistedStreams(Set<String> decoders, Set<Integer> examples) {
    public static final UnlistedStreams NONE = new UnlistedStreams(Set.of(), Set.of());

    /** ffprobe's message when it may not open a decoder; with warnings on, it has the stream index. */
    private static final Pattern REFUSED = Pattern.compile(
            "Codec \\(([\\w-]+)\\) not on whitelist '[^']*'\\s+Could not open codec for input stream (\\d+)");

    /** Maximum number of such codecs; each costs another probe. */
    private static final int MAX = 8;

    /** Options in addition to the container's list: the decoders that each type of stream may open. */
    public List<String> options() {
        List<String> options = new ArrayList<>(List.of("-codec_whitelist:s", SafeInput.SUBTITLES));
        if (!decoders.isEmpty()) {
            String more = "," + String.join(",", decoders);
            options.addAll(List.of("-codec_whitelist:v", SafeInput.DECODERS + more));
            options.addAll(List.of("-codec_whitelist:a", SafeInput.DECODERS + more));
            options.addAll(List.of("-codec_whitelist:s", SafeInput.SUBTITLES + more));
        }
        return options;
    }

    /** These and the one at which ffprobe stopped; empty if it stopped for another reason, or there are too many. */
    Optional<UnlistedStreams> withTheOneOf(String lastWords) {
        Matcher refused = REFUSED.matcher(lastWords);
        if (!refused.find() || decoders.size() == MAX || decoders.contains(refused.group(1))) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>(decoders);
        names.add(refused.group(1));
        Set<Integer> numbers = new TreeSet<>(examples);
        numbers.add(Integer.parseInt(refused.group(2)));
        return Optional.of(new UnlistedStreams(names, numbers));
    }

    /** The codecs, in FFmpeg's names of codecs, which may differ from those of their decoders. */
    public Set<String> codecs(JsonNode streams) {
        Set<String> codecs = new HashSet<>();
        for (JsonNode stream : streams) {
            if (examples.contains(stream.path("index").asInt())) {
                codecs.add(stream.path("codec_name").asText());
            }
        }
        return codecs;
    }
}
