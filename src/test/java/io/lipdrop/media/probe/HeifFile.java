package io.lipdrop.media.probe;

import io.lipdrop.media.Fixtures;
import io.lipdrop.media.ffmpeg.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes pictures as phones do: tiles and a {@code grid} item (ISO/IEC 23008-12, 6.6.2.3) that puts them together. */
final class HeifFile {
    /** An item that is coded: its type, the box that configures its decoder, and its bits. */
    @SuppressWarnings("ArrayRecordComponent") // only read
    private record Coded(String type, byte[] configuration, byte[] bits, int width, int height) {}

    private final Path folder;
    private final String encoder;
    private final List<Coded> items = new ArrayList<>();

    HeifFile(Path folder, String encoder) {
        this.folder = folder;
        this.encoder = encoder;
    }

    /** Tiles of {@code tile} pixels a side, and a thumbnail as the last item, which nobody is to take. */
    Path write(Path picture, int width, int height, int tile, byte[]... transforms) throws IOException {
        int columns = (width + tile - 1) / tile;
        int rows = (height + tile - 1) / tile;
        String padded = "scale=%d:%d,pad=%d:%d,".formatted(width, height, columns * tile, rows * tile);
        for (int i = 0; i < rows * columns; i++) {
            int x = i % columns * tile;
            int y = i / columns * tile;
            items.add(encode(picture, padded + "crop=%d:%d:%d:%d".formatted(tile, tile, x, y), tile, tile));
        }
        items.add(encode(picture, "negate,scale=128:128", 128, 128));
        int grid = items.size() + 1;
        byte[] description = bytes(out -> {
            out.write(new byte[] {0, 0, (byte) (rows - 1), (byte) (columns - 1)});
            out.writeShort(width);
            out.writeShort(height);
        });
        return write(grid, description, width, height, transforms);
    }

    /** One coded picture without a grid. */
    Path writeSingle(Path picture, int width, int height, byte[]... transforms) throws IOException {
        items.add(encode(picture, "scale=%d:%d".formatted(width, height), width, height));
        return write(1, new byte[0], width, height, transforms);
    }

    private Path write(int primary, byte[] grid, int width, int height, byte[]... transforms) throws IOException {
        boolean isGrid = grid.length > 0;
        String brand = items.get(0).type().equals("av01") ? "avif" : "heic";
        byte[] ftyp = box("ftyp", ascii(brand), new byte[4], ascii("mif1"), ascii(brand));
        byte[] meta = meta(0, primary, grid, isGrid, width, height, transforms);
        meta = meta(ftyp.length + meta.length + 8, primary, grid, isGrid, width, height, transforms);
        byte[][] bits = items.stream().map(Coded::bits).toArray(byte[][]::new);
        Path file = folder.resolve("picture.heic");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(ftyp);
        all.write(meta);
        all.write(box("mdat", bits));
        return Files.write(file, all.toByteArray());
    }

    private byte[] meta(
            int offset, int primary, byte[] grid, boolean isGrid, int width, int height, byte[]... transforms) {
        int count = items.size() + (isGrid ? 1 : 0);
        List<byte[]> properties = new ArrayList<>();
        List<byte[]> associations = new ArrayList<>();
        List<byte[]> entries = new ArrayList<>();
        List<byte[]> places = new ArrayList<>();
        int at = offset;
        for (int i = 0; i < items.size(); i++) {
            Coded item = items.get(i);
            properties.add(item.configuration());
            properties.add(ispe(item.width(), item.height()));
            int id = i + 1;
            int first = properties.size() - 1;
            int more = id == primary ? transforms.length : 0;
            associations.add(bytes(out -> {
                out.writeShort(id);
                out.write(2 + more);
                out.write(0x80 | first);
                out.write(first + 1);
                for (int t = 0; t < more; t++) {
                    out.write(0x80 | (items.size() * 2 + (isGrid ? 1 : 0) + 1 + t));
                }
            }));
            entries.add(infe(id, item.type(), isGrid));
            places.add(place(id, 0, at, item.bits().length));
            at += item.bits().length;
        }
        if (isGrid) {
            properties.add(ispe(width, height));
            associations.add(bytes(out -> {
                out.writeShort(primary);
                out.write(1 + transforms.length);
                out.write(0x80 | properties.size());
                for (int t = 0; t < transforms.length; t++) {
                    out.write(0x80 | (properties.size() + 1 + t));
                }
            }));
            entries.add(infe(primary, "grid", false));
            places.add(place(primary, 1, 0, grid.length));
        }
        byte[] hdlr = full("hdlr", 0, new byte[4], ascii("pict"), new byte[13]);
        byte[] pitm = full("pitm", 0, number(2, primary));
        byte[] iinf = full("iinf", 0, number(2, count), joined(entries));
        List<byte[]> all = new ArrayList<>(properties);
        all.addAll(List.of(transforms));
        byte[] iprp = box(
                "iprp",
                box("ipco", joined(all)),
                full("ipma", 0, number(4, associations.size()), joined(associations)));
        byte[] iloc = full("iloc", 1, new byte[] {0x44, 0}, number(2, count), joined(places));
        byte[] iref = isGrid ? iref(primary) : new byte[0];
        return full("meta", 0, hdlr, pitm, iinf, iref, iprp, isGrid ? box("idat", grid) : new byte[0], iloc);
    }

    private byte[] iref(int grid) {
        int tiles = items.size() - 1;
        return full(
                "iref",
                0,
                box("dimg", bytes(out -> {
                    out.writeShort(grid);
                    out.writeShort(tiles);
                    for (int i = 1; i <= tiles; i++) {
                        out.writeShort(i);
                    }
                })),
                box("thmb", number(2, items.size()), number(2, 1), number(2, grid)));
    }

    static byte[] irot(int quarters) {
        return box("irot", new byte[] {(byte) quarters});
    }

    static byte[] imir(int axis) {
        return box("imir", new byte[] {(byte) axis});
    }

    static byte[] clap(int width, int height, int x, int y) {
        return box("clap", bytes(out -> {
            for (int value : new int[] {width, height, x, y}) {
                out.writeInt(value);
                out.writeInt(1);
            }
        }));
    }

    private static byte[] ispe(int width, int height) {
        return full("ispe", 0, number(4, width), number(4, height));
    }

    private static byte[] infe(int id, String type, boolean isHidden) {
        return box(
                "infe",
                new byte[] {2, 0, 0, (byte) (isHidden ? 1 : 0)},
                number(2, id),
                new byte[2],
                ascii(type),
                new byte[1]);
    }

    private static byte[] place(int id, int method, int offset, int length) {
        return bytes(out -> {
            out.writeShort(id);
            out.writeShort(method);
            out.writeShort(0);
            out.writeShort(1);
            out.writeInt(offset);
            out.writeInt(length);
        });
    }

    private Coded encode(Path picture, String filter, int width, int height) throws IOException {
        Path film = Fixtures.make(
                folder.resolve("tile.mp4"),
                "-i " + Ffmpeg.url(picture) + " -frames:v 1 -vf " + filter + ",format=yuv420p " + encoder + " -f mp4");
        byte[] bytes = Files.readAllBytes(film);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean isHevc = text.contains("hvcC");
        int configuration = text.indexOf(isHevc ? "hvcC" : "av1C") - 4;
        int samples = text.indexOf("mdat") - 4;
        return new Coded(
                isHevc ? "hvc1" : "av01", part(bytes, configuration, 0), part(bytes, samples, 8), width, height);
    }

    /** A box without its first bytes. */
    private static byte[] part(byte[] bytes, int box, int skipped) {
        int size = ByteBuffer.wrap(bytes).getInt(box);
        return Arrays.copyOfRange(bytes, box + skipped, box + size);
    }

    private static byte[] full(String type, int version, byte[]... content) {
        return box(type, number(4, version << 24), joined(List.of(content)));
    }

    private static byte[] box(String type, byte[]... content) {
        byte[] all = joined(List.of(content));
        return joined(List.of(number(4, 8 + all.length), ascii(type), all));
    }

    private static byte[] number(int bytes, int value) {
        return Arrays.copyOfRange(ByteBuffer.allocate(4).putInt(value).array(), 4 - bytes, 4);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
