package io.lipdrop.media.ffmpeg;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * An empty shared library for Linux (ELF-64). The ffmpeg program is linked with sound and display libraries of a desktop,
 * whose functions are never called; on a server without them it would not start.
 *
 * <p>Layout: System V ABI, chapters 4 and 5; a header, three program headers, the dynamic section, its strings.
 */
final class EmptyElfLibrary {
    private static final int HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int DYNAMIC = HEADER + 3 * PROGRAM_HEADER;
    private static final int DYNAMIC_ENTRY = 16;
    private static final int SYMBOL = 24;
    private static final int SYMBOLS = DYNAMIC + 6 * DYNAMIC_ENTRY;
    private static final int STRINGS = SYMBOLS + SYMBOL;
    private static final int PAGE = 0x10000;
    private static final int READ_WRITE = 6;

    private EmptyElfLibrary() {}

    /** Writes {@code folder/name} for the same processor as {@code program}. */
    static void write(File program, File folder, String name) throws IOException {
        Files.createDirectories(folder.toPath());
        Path part = Files.createTempFile(folder.toPath(), name, ".part");
        Files.write(part, content(identity(program), name));
        Files.move(part, folder.toPath().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] identity(File program) throws IOException {
        try (InputStream in = new FileInputStream(program)) {
            return in.readNBytes(HEADER);
        }
    }

    private static byte[] content(byte[] identity, String name) {
        byte[] strings = ("\0" + name + "\0").getBytes(StandardCharsets.US_ASCII);
        int size = STRINGS + strings.length;
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(identity);
        elf.putShort(16, (short) 3); // a shared object
        elf.putLong(24, 0).putLong(32, HEADER).putLong(40, 0); // no entry, program headers, no sections
        elf.putShort(56, (short) 3).putShort(60, (short) 0).putShort(62, (short) 0);
        programHeader(elf, 1, 0, size); // everything, to be loaded
        programHeader(elf, 2, DYNAMIC, SYMBOLS - DYNAMIC);
        programHeader(elf, 0x6474e551, 0, 0); // a stack that is not executable
        elf.putLong(5).putLong(STRINGS).putLong(10).putLong(strings.length);
        elf.putLong(6).putLong(SYMBOLS).putLong(11).putLong(SYMBOL);
        elf.putLong(14).putLong(1).putLong(0).putLong(0); // its own name, the end
        elf.position(STRINGS);
        return elf.put(strings).array();
    }

    private static void programHeader(ByteBuffer elf, int type, long offset, long size) {
        elf.putInt(type).putInt(READ_WRITE).putLong(offset).putLong(offset).putLong(offset);
        elf.putLong(size).putLong(size).putLong(type == 1 ? PAGE : 8);
    }
}
