package io.lipdrop.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/**
 * Where each entry of many jars lies: the directories of the jars as they are, and a hash table over the names in them. An
 * entry is a number; of entries with one name the one that was added first comes first, as on a class path.
 */
final class JarIndex {
    /** The fields of an entry's header in a jar's directory, PKWARE's APPNOTE 4.3.12. */
    private static final int SIGNATURE = 0x02014b50;

    private static final int METHOD = 10;
    private static final int PACKED = 20;
    private static final int SIZE = 24;
    private static final int NAME_LENGTH = 28;
    private static final int EXTRA_LENGTH = 30;
    private static final int COMMENT_LENGTH = 32;
    private static final int OFFSET = 42;
    private static final int HEADER = 46;

    private static final String VERSIONS = "META-INF/versions/";
    private static final int FIRST_VERSION = 9;

    private byte[] directories = new byte[1 << 20];
    private int used;
    /** Three numbers an entry: header and start of the name in {@link #directories}, jar. */
    private int[] entries = new int[3 << 15];

    private int count;
    private int[] table = new int[0];

    /** Adds the entries of a jar whose names begin with a prefix, without it. */
    void add(int jar, byte[] directory, String prefix, boolean isMultiRelease) throws IOException {
        int start = used;
        if (directories.length < used + directory.length) {
            directories = Arrays.copyOf(directories, 2 * (used + directory.length));
        }
        System.arraycopy(directory, 0, directories, start, directory.length);
        used += directory.length;
        if (isMultiRelease) {
            for (int version = Runtime.version().feature(); version >= FIRST_VERSION; version--) {
                add(jar, start, VERSIONS + version + "/");
            }
        }
        add(jar, start, prefix);
    }

    private void add(int jar, int start, String prefix) throws IOException {
        byte[] beginning = prefix.getBytes(UTF_8);
        for (int header = start; header < used; header = next(header)) {
            if (number(header) != SIGNATURE) {
                throw new IOException("Not the directory of a jar");
            }
            int name = header + HEADER;
            int length = half(header + NAME_LENGTH);
            int end = name + beginning.length;
            if (length > beginning.length && Arrays.equals(directories, name, end, beginning, 0, beginning.length)) {
                if (entries.length < 3 * (count + 1)) {
                    entries = Arrays.copyOf(entries, 2 * entries.length);
                }
                entries[3 * count] = header;
                entries[3 * count + 1] = end;
                entries[3 * count + 2] = jar;
                count++;
            }
        }
    }

    private int next(int header) {
        return header
                + HEADER
                + half(header + NAME_LENGTH)
                + half(header + EXTRA_LENGTH)
                + half(header + COMMENT_LENGTH);
    }

    /** Ends adding. */
    void complete() {
        table = new int[Integer.highestOneBit(Math.max(1, count)) * 4];
        for (int entry = 0; entry < count; entry++) {
            int slot = hash(directories, entries[3 * entry + 1], end(entry)) & (table.length - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = entry + 1;
        }
    }

    /**
     * The entry of that name that comes next on the class path.
     *
     * @param after the one found before, or -1 for the first
     * @return -1 where there is none
     */
    int find(String name, int after) {
        byte[] wanted = name.getBytes(UTF_8);
        int slot = hash(wanted, 0, wanted.length) & (table.length - 1);
        for (; table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            int entry = table[slot] - 1;
            if (entry > after
                    && Arrays.equals(directories, entries[3 * entry + 1], end(entry), wanted, 0, wanted.length)) {
                return entry;
            }
        }
        return -1;
    }

    private int end(int entry) {
        int header = entries[3 * entry];
        return header + HEADER + half(header + NAME_LENGTH);
    }

    int jar(int entry) {
        return entries[3 * entry + 2];
    }

    /** The name in its jar, with what comes before it. */
    String fullName(int entry) {
        int name = entries[3 * entry] + HEADER;
        return new String(directories, name, end(entry) - name, UTF_8);
    }

    /** Where the entry's own header lies in its jar. */
    long offset(int entry) {
        return unsigned(entries[3 * entry] + OFFSET);
    }

    long packedSize(int entry) {
        return unsigned(entries[3 * entry] + PACKED);
    }

    long size(int entry) {
        return unsigned(entries[3 * entry] + SIZE);
    }

    boolean isPacked(int entry) {
        return half(entries[3 * entry] + METHOD) != 0;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ (hash >>> 15);
    }

    private int half(int at) {
        return (directories[at] & 0xff) | ((directories[at + 1] & 0xff) << 8);
    }

    private int number(int at) {
        return half(at) | (half(at + 2) << 16);
    }

    private long unsigned(int at) {
        return number(at) & 0xffffffffL;
    }
}
