package io.lipdrop.results.zip;

/** How long an archive will be, in bytes, member by member. */
public final class ArchiveLength {
    private long members;
    private long offset;
    private long directory;

    /** With one member more. */
    public long add(Member member) {
        members++;
        directory += ZipRecords.central(member, 0, offset).length;
        offset += ZipRecords.local(member, 0).length + member.bytes();
        return total();
    }

    long total() {
        return offset + directory + ZipRecords.end(members, directory, offset).length;
    }
}
