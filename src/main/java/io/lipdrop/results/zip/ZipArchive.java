package io.lipdrop.results.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.zip.CRC32;

/**
 * An archive that is written while it is sent. Each member has its checksum before its bytes, as readers need that do not see
 * the end first; so a file whose checksum is not known yet is read twice.
 */
public final class ZipArchive {
    private static final int BUFFER_BYTES = 256 << 10;

    private final List<Member> members;
    private final Checksums checksums;

    public ZipArchive(List<Member> members, Checksums checksums) {
        this.members = List.copyOf(members);
        this.checksums = checksums;
    }

    /** How long it will be, in bytes. */
    public long length() {
        ArchiveLength length = new ArchiveLength();
        members.forEach(length::add);
        return length.total();
    }

    /**
     * Writes it.
     *
     * @throws MemberChanged if a file is not as planned any more; what was written is no archive
     */
    public void writeTo(OutputStream out) throws IOException {
        long[] crcs = new long[members.size()];
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long offset = 0;
        for (int i = 0; i < crcs.length; i++) {
            Member member = members.get(i);
            try (SeekableByteChannel content = member.source().open()) {
                crcs[i] = checksumOf(member, content, buffer);
                byte[] header = ZipRecords.local(member, crcs[i]);
                out.write(header);
                try {
                    copy(member, content, crcs[i], buffer, out);
                } catch (MemberChanged e) {
                    checksums.forget(member); // its tag did not say so
                    throw e;
                }
                offset += header.length + member.bytes();
            }
        }
        long directory = directory(crcs, out);
        out.write(ZipRecords.end(members.size(), directory, offset));
    }

    private long directory(long[] crcs, OutputStream out) throws IOException {
        long offset = 0;
        long bytes = 0;
        for (int i = 0; i < crcs.length; i++) {
            Member member = members.get(i);
            byte[] header = ZipRecords.central(member, crcs[i], offset);
            out.write(header);
            bytes += header.length;
            offset += ZipRecords.local(member, 0).length + member.bytes();
        }
        return bytes;
    }

    private long checksumOf(Member member, SeekableByteChannel content, ByteBuffer buffer) throws IOException {
        var known = checksums.of(member);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long crc = Checksums.read(content, buffer);
        requireUnchanged(member, content);
        checksums.put(member, crc);
        return crc;
    }

    @SuppressWarnings("ByteBufferBackingArray") // the buffer is allocated in writeTo
    private static void copy(Member member, SeekableByteChannel content, long crc, ByteBuffer buffer, OutputStream out)
            throws IOException {
        CRC32 sent = new CRC32();
        long left = member.bytes();
        while (left > 0) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
            int read = content.read(buffer);
            if (read < 0) {
                throw new MemberChanged(member.name());
            }
            sent.update(buffer.array(), 0, read);
            out.write(buffer.array(), 0, read);
            left -= read;
        }
        if (sent.getValue() != crc) {
            throw new MemberChanged(member.name());
        }
        requireUnchanged(member, content);
    }

    private static void requireUnchanged(Member member, SeekableByteChannel content) throws IOException {
        if (content.size() != member.bytes() || !member.source().isUnchanged()) {
            throw new MemberChanged(member.name());
        }
    }
}
