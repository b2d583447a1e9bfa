package io.lipdrop.launch;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The jars in one jar, read in place. Any number of threads may read. */
final class NestedJars {
    /** The record at the end of a jar that says where its directory is, PKWARE's APPNOTE 4.3.16. */
    private static final int END_SIGNATURE = 0x06054b50;

    private static final int END = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    /** An entry's own header: its last two fields are the lengths of what comes before its bytes, APPNOTE 4.3.7. */
    private static final int LOCAL_HEADER = 30;

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** Not a channel: one that a thread reads while it is interrupted is closed for all. */
    private final RandomAccessFile file;

    private final Inflater inflater = new Inflater(true);
    private final JarIndex index = new JarIndex();
    private final List<Attributes> manifests = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();

    /**
     * Reads the directories.
     *
     * @param names of jars in the jar, or of folders in it (with a slash at the end), as on a class path
     * @throws IOException also where a jar is built in a way that is not known here
     */
    NestedJars(File jar, List<String> names) throws IOException {
        file = new RandomAccessFile(jar, "r");
        JarIndex outer = new JarIndex();
        byte[] directory = directory(0, file.length());
        outer.add(0, directory, "", false);
        outer.complete();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.endsWith("/")) {
                starts.add(0L);
                manifests.add(manifest(outer, 0));
                index.add(i, directory, name, false);
            } else {
                int entry = outer.find(name, -1);
                if (entry < 0 || outer.isPacked(entry)) {
                    throw new IOException(name + " cannot be read in place");
                }
                long start = content(outer.offset(entry));
                byte[] inner = directory(start, outer.size(entry));
                JarIndex alone = new JarIndex();
                alone.add(0, inner, "", false);
                alone.complete();
                starts.add(start);
                manifests.add(manifest(alone, start));
                boolean isMultiRelease = Boolean.parseBoolean(manifests.get(i).getValue("Multi-Release"));
                index.add(i, inner, "", isMultiRelease);
            }
        }
        index.complete();
    }

    /** Which entry has which name. */
    JarIndex index() {
        return index;
    }

    /** What the manifest of a jar says of all that is in it. */
    Attributes manifest(int jar) {
        return manifests.get(jar);
    }

    private Attributes manifest(JarIndex entries, long start) throws IOException {
        int entry = entries.find(MANIFEST, -1);
        return entry < 0
                ? new Attributes()
                : new Manifest(new ByteArrayInputStream(read(entries, entry, start))).getMainAttributes();
    }

    /** The bytes of an entry. */
    byte[] read(int entry) throws IOException {
        return read(index, entry, starts.get(index.jar(entry)));
    }

    private synchronized byte[] read(JarIndex entries, int entry, long start) throws IOException {
        byte[] packed = bytes(content(start + entries.offset(entry)), Math.toIntExact(entries.packedSize(entry)));
        if (!entries.isPacked(entry)) {
            return packed;
        }
        byte[] bytes = new byte[Math.toIntExact(entries.size(entry))];
        inflater.reset();
        inflater.setInput(packed);
        try {
            int done = 0;
            while (done < bytes.length) {
                int more = inflater.inflate(bytes, done, bytes.length - done);
                if (more == 0) {
                    throw new IOException(entries.fullName(entry) + " is cut short");
                }
                done += more;
            }
        } catch (DataFormatException e) {
            throw new IOException(entries.fullName(entry) + " is damaged", e);
        }
        return bytes;
    }

    /** Where the bytes of the entry begin whose header is at a place. */
    private long content(long header) throws IOException {
        byte[] lengths = bytes(header + LOCAL_HEADER - 4, 4);
        return header + LOCAL_HEADER + half(lengths, 0) + half(lengths, 2);
    }

    private byte[] directory(long start, long length) throws IOException {
        int tail = (int) Math.min(length, END + LONGEST_COMMENT);
        byte[] end = bytes(start + length - Math.min(tail, END), Math.min(tail, END));
        if (end.length < END || number(end, 0) != END_SIGNATURE) {
            end = bytes(start + length - tail, tail);
        }
        for (int i = end.length - END; i >= 0; i--) {
            if (number(end, i) == END_SIGNATURE) {
                long size = number(end, i + 12) & 0xffffffffL;
                long from = number(end, i + 16) & 0xffffffffL;
                if (from + size > length) {
                    break;
                }
                return bytes(start + from, Math.toIntExact(size));
            }
        }
        throw new IOException("A jar without a directory");
    }

    private synchronized byte[] bytes(long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
    }

    private static int half(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    private static int number(byte[] bytes, int at) {
        return half(bytes, at) | (half(bytes, at + 2) << 16);
    }
}
