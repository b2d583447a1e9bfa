package io.lipdrop.media.container;

import io.lipdrop.media.frame.Orientation;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transform of the primary image of a HEIF file (HEIC, AVIF): {@code clap}, {@code irot} and {@code imir} of ISO/IEC
 * 23008-12, 6.5. FFmpeg 8.0 does not report them for an image made of tiles.
 *
 * @param orientation turned and mirrored
 * @param crop the clean aperture, before rotation; null if the whole image is shown
 */
public record HeifTransform(
        Orientation orientation, @Nullable Crop crop) {
    private static final int MAX_META_BYTES = 4_000_000;
    private static final int MAX_BOXES = 1000;

    /**
     * A part of an image.
     *
     * @param x by how much its middle lies to the right of the picture's middle
     * @param y by how much it lies below
     */
    public record Crop(int width, int height, double x, double y) {
        /** The first column in an image of this width, pixels. */
        public int left(int pictureWidth) {
            return Math.max(0, (int) Math.round(x + (pictureWidth - width) / 2.0));
        }

        /** The first row in an image of this height, pixels. */
        public int top(int pictureHeight) {
            return Math.max(0, (int) Math.round(y + (pictureHeight - height) / 2.0));
        }
    }

    private record Box(String type, ByteBuffer content) {}

    /** The transform of a HEIF file; null for any other. */
    public static @Nullable HeifTransform read(Path file) {
        try {
            ByteBuffer meta = meta(file);
            return meta == null ? null : ofMeta(meta);
        } catch (IOException | BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null; // damaged or missing: the decoder reports it
        }
    }

    /** The content of the box {@code meta} behind {@code ftyp}; null where the file has none there. */
    private static @Nullable ByteBuffer meta(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long at = 0;
            for (int i = 0; i < MAX_BOXES && at + 16 <= channel.size(); i++) {
                ByteBuffer header = read(channel, at, 16);
                long size = Integer.toUnsignedLong(header.getInt());
                String type = type(header);
                int head = size == 1 ? 16 : 8;
                size = size == 1 ? header.getLong() : size;
                boolean isOther = i == 0 && !type.equals("ftyp");
                if (isOther || size < head || at + size > channel.size()) {
                    return null;
                }
                if (type.equals("meta")) {
                    return size > MAX_META_BYTES ? null : read(channel, at + head, (int) size - head);
                }
                at += size;
            }
            return null;
        }
    }

    private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.BIG_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
            // on to the next part
        }
        return buffer.flip();
    }

    private static @Nullable HeifTransform ofMeta(ByteBuffer meta) {
        meta.getInt(); // version and flags
        long primary = -1;
        boolean isPicture = false;
        List<Box> properties = List.of();
        ByteBuffer associations = ByteBuffer.allocate(0);
        for (Box box : boxes(meta)) {
            ByteBuffer content = box.content();
            if (box.type().equals("hdlr")) {
                content.getLong();
                isPicture = type(content).equals("pict");
            } else if (box.type().equals("pitm")) {
                primary = content.getInt() >>> 24 == 0 ? content.getShort() & 0xffff : content.getInt() & 0xffffffffL;
            } else if (box.type().equals("iprp")) {
                for (Box part : boxes(content)) {
                    properties = part.type().equals("ipco") ? boxes(part.content()) : properties;
                    associations = part.type().equals("ipma") ? part.content() : associations;
                }
            }
        }
        return isPicture ? of(properties, propertiesOf(primary, associations)) : null;
    }

    /** The numbers of an item's properties, from 1, in the order in which they apply. */
    private static List<Integer> propertiesOf(long item, ByteBuffer associations) {
        List<Integer> numbers = new ArrayList<>();
        if (!associations.hasRemaining()) {
            return numbers;
        }
        int versionAndFlags = associations.getInt();
        for (int entries = associations.getInt(); entries > 0; entries--) {
            long id = versionAndFlags >>> 24 == 0
                    ? associations.getShort() & 0xffff
                    : associations.getInt() & 0xffffffffL;
            for (int count = associations.get() & 0xff; count > 0; count--) {
                int number = (versionAndFlags & 1) != 0 ? associations.getShort() & 0x7fff : associations.get() & 0x7f;
                if (id == item) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    private static HeifTransform of(List<Box> properties, List<Integer> numbers) {
        Orientation orientation = Orientation.UPRIGHT;
        Crop crop = null;
        for (int number : numbers) {
            if (number < 1 || number > properties.size()) {
                continue;
            }
            Box box = properties.get(number - 1);
            ByteBuffer content = box.content().duplicate();
            switch (box.type()) {
                case "irot" -> orientation = orientation.thenCounterclockwise(content.get() & 3);
                case "imir" -> orientation = orientation.thenMirrored((content.get() & 1) == 1);
                case "clap" -> crop = orientation == Orientation.UPRIGHT ? crop(content) : crop;
                default -> {
                    // says something else of it
                }
            }
        }
        return new HeifTransform(orientation, crop);
    }

    private static @Nullable Crop crop(ByteBuffer clap) {
        double width = fraction(clap);
        double height = fraction(clap);
        double x = fraction(clap);
        double y = fraction(clap);
        return width >= 1 && height >= 1 ? new Crop((int) width, (int) height, x, y) : null;
    }

    private static double fraction(ByteBuffer content) {
        int numerator = content.getInt();
        int denominator = content.getInt();
        return denominator == 0 ? 0 : (double) numerator / denominator;
    }

    private static List<Box> boxes(ByteBuffer content) {
        List<Box> boxes = new ArrayList<>();
        while (content.remaining() >= 8 && boxes.size() < MAX_BOXES) {
            int size = content.getInt() - 8;
            String type = type(content);
            boxes.add(new Box(type, content.slice(content.position(), size).order(ByteOrder.BIG_ENDIAN)));
            content.position(content.position() + size);
        }
        return boxes;
    }

    private static String type(ByteBuffer content) {
        byte[] type = new byte[4];
        content.get(type);
        return new String(type, StandardCharsets.ISO_8859_1);
    }
}
