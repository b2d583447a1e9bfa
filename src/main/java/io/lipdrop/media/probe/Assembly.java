package io.lipdrop.media.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.media.container.HeifTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the image is assembled from the streams of a file, before other filters: one stream unchanged, or, in a phone's HEIC,
 * tiles next to each other, cropped.
 *
 * @param streams the numbers of the streams
 * @param filter FFmpeg filters that make one image of them; empty if not needed
 * @param width width of the assembled image, 0 for that of the stream
 * @param height its height
 */
public record Assembly(List<Integer> streams, String filter, int width, int height) {

    static Assembly ofStream(int stream) {
        return new Assembly(List.of(stream), "", 0, 0);
    }

    /** The primary image of a HEIF file from ffprobe's output, if it is made of tiles; otherwise null. */
    static @Nullable Assembly ofTiles(JsonNode answer) {
        for (JsonNode group : answer.path("stream_groups")) {
            boolean isPrimary = group.path("disposition").path("default").asInt() == 1;
            if (isPrimary && group.path("type").asText().equals("Tile Grid")) {
                return ofGrid(group.path("components").path(0));
            }
        }
        return null;
    }

    private static @Nullable Assembly ofGrid(JsonNode grid) {
        List<Integer> streams = new ArrayList<>();
        List<String> layout = new ArrayList<>();
        for (JsonNode tile : grid.path("subcomponents")) {
            streams.add(tile.path("stream_index").asInt());
            layout.add(tile.path("tile_horizontal_offset").asInt() + "_"
                    + tile.path("tile_vertical_offset").asInt());
        }
        if (streams.isEmpty()) {
            return null;
        }
        String stack = streams.size() == 1
                ? ""
                : "xstack=inputs=%d:layout=%s,".formatted(streams.size(), String.join("|", layout));
        int width = grid.path("width").asInt();
        int height = grid.path("height").asInt();
        return new Assembly(
                streams,
                stack
                        + crop(
                                width,
                                height,
                                grid.path("horizontal_offset").asInt(),
                                grid.path("vertical_offset").asInt()),
                width,
                height);
    }

    /** The same image, cropped further. */
    Assembly cropped(HeifTransform.Crop crop, int fromWidth, int fromHeight) {
        int width = Math.min(crop.width(), fromWidth);
        int height = Math.min(crop.height(), fromHeight);
        String more = crop(width, height, crop.left(fromWidth), crop.top(fromHeight));
        return new Assembly(streams, filter.isEmpty() ? more : filter + "," + more, width, height);
    }

    private static String crop(int width, int height, int x, int y) {
        return String.format(Locale.ROOT, "crop=%d:%d:%d:%d:exact=1", width, height, x, y);
    }

    /** Whether it needs more than one decoder. */
    public boolean isTiled() {
        return streams.size() > 1;
    }

    /** Output options: this image, through {@code chain}. */
    public List<String> output(String chain) {
        String whole = filter.isEmpty() ? chain : filter + "," + chain;
        if (!isTiled()) {
            return List.of("-map", "0:" + streams.get(0), "-filter:v", whole);
        }
        StringBuilder inputs = new StringBuilder();
        streams.forEach(stream -> inputs.append("[0:").append(stream).append(']'));
        return List.of("-filter_complex", inputs + whole + "[picture]", "-map", "[picture]");
    }
}
