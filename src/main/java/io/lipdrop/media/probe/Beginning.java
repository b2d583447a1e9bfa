package io.lipdrop.media.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * The first frame of a video stream, as decoded; more reliable than headers.
 *
 * @param firstFrame ffprobe's description; empty if nothing was decoded
 * @param packets how many of the requested packets (two or more) were found
 */
record Beginning(JsonNode firstFrame, int packets) {
    static final Beginning NONE = new Beginning(new ObjectMapper().createObjectNode(), 0);

    private static final String FIELDS =
            "packet=pts_time:frame=best_effort_timestamp_time,width,height,pix_fmt,sample_aspect_ratio,color_space,"
                    + "color_primaries,color_transfer:frame_side_data=side_data_type,displaymatrix";

    /** In AVI only the first decoded frame tells by how much reordering delays the frames; the decoder needs more packets for that. */
    private static final int PACKETS_IN_AVI = 20;

    /** Two tell a video from an image: the count in a header may be that of the first fragment. */
    private static final int PACKETS = 2;

    /** The ffprobe query. */
    static List<String> question(int stream, boolean isAvi) {
        return List.of(
                "-select_streams",
                Integer.toString(stream),
                "-read_intervals",
                "%+#" + (isAvi ? PACKETS_IN_AVI : PACKETS),
                "-show_entries",
                FIELDS,
                "-of",
                "json");
    }

    static Beginning read(JsonNode answer) {
        JsonNode firstFrame = NONE.firstFrame;
        int packets = 0;
        for (JsonNode found : answer.path("packets_and_frames")) {
            boolean isPacket = found.path("type").asText().equals("packet");
            packets += isPacket ? 1 : 0;
            firstFrame = isPacket || !firstFrame.isEmpty() ? firstFrame : found;
        }
        return new Beginning(firstFrame, packets);
    }
}
