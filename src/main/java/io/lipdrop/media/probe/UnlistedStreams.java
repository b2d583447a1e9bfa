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
 * Streams whose decoders are not on the list, and that nobody needs: subtitles, covers, further tracks. ffprobe opens the
 * decoder of every stream, though it decodes none that it is not asked for, and gives up at the first that it may not open.
 * So it may open those too. What FFmpeg decodes, to find out about streams too, stays on the list of {@link SafeInput}: that
 * one is the container's, and holds for all.
 *
 * @param decoders FFmpeg's names of the decoders that are opened and never used
 * @param examples a number of a stream for each of them
 */
public record UnlistedStreams(Set<String> decoders, Set<Integer> examples) {
    public static final UnlistedStreams NONE = new UnlistedStreams(Set.of(), Set.of());

    /** How ffprobe ends when it may not open a decoder; asked to say warnings, it says the stream's number. */
    private static final Pattern REFUSED = Pattern.compile(
            "Codec \\(([\\w-]+)\\) not on whitelist '[^']*'\\s+Could not open codec for input stream (\\d+)");

    /** So many different codecs are in no film; each costs another look at it. */
    private static final int MAX = 8;

    /** What the programs are told beside the container's list: which decoders each kind of stream may open. */
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

    /** These and the one that ffprobe has just given up at; empty where it ended for another reason, or there are too many. */
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
