package io.lipdrop.media.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is put together from the streams of a file before anything else is done to it: one stream as it is, or, in a
 * HEIC of a phone, tiles beside each other, of which a part is shown.
 *
 * @param streams the numbers of the streams
 * @param filter FFmpeg's filters that make one picture of them; empty where there is nothing to do
 * @param width columns of the stored picture that results, 0 for those of the stream
 * @param height its rows
 */
public record Assembly(List<Integer> streams, String filter, int width, int height) {

    static Assembly ofStream(int stream) {
        return new Assembly(List.of(stream), "", 0, 0);
    }

    /** The primary picture of a HEIF file, if it is made of tiles, from ffprobe's answer; null where it is not. */
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

    /** The same picture, cropped further. */
    Assembly cropped(HeifTransform.Crop crop, int fromWidth, int fromHeight) {
        int width = Math.min(crop.width(), fromWidth);
        int height = Math.min(crop.height(), fromHeight);
        String more = crop(width, height, crop.left(fromWidth), crop.top(fromHeight));
        return new Assembly(streams, filter.isEmpty() ? more : filter + "," + more, width, height);
    }

    private static String crop(int width, int height, int x, int y) {
        return String.format(Locale.ROOT, "crop=%d:%d:%d:%d:exact=1", width, height, x, y);
    }

    /** Whether it takes more than one decoder. */
    public boolean isTiled() {
        return streams.size() > 1;
    }

    /** Output options: this picture, through {@code chain}. */
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
