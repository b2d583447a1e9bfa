package io.lipdrop.results.zip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * The records of an archive, as PKWARE's APPNOTE 6.3.10 has them: each member has a local header before its bytes and a header
 * in the central directory at the end. Numbers that do not fit 32 or 16 bits are written in zip64 fields; the largest number
 * of the small field says so, and does not fit either.
 */
@SuppressWarnings("ByteBufferBackingArray") // each is allocated here
final class ZipRecords {
    private static final long MAX_32 = 0xFFFF_FFFFL;
    private static final int MAX_16 = 0xFFFF;

    private static final int LOCAL = 0x0403_4b50;
    private static final int CENTRAL = 0x0201_4b50;
    private static final int END = 0x0605_4b50;
    private static final int END_64 = 0x0606_4b50;
    private static final int LOCATOR_64 = 0x0706_4b50;

    private static final short ZIP64 = 0x0001;
    /** Seconds since 1970: the other time is in the zone of whoever wrote it (Info-ZIP, "extended timestamp"). */
    private static final short UNIX_TIME = 0x5455;

    private static final short NAMES_ARE_UTF8 = 1 << 11;
    private static final short STORED = 0;
    private static final short VERSION_STORED = 20;
    private static final short VERSION_ZIP64 = 45;
    private static final short FROM_UNIX = 3 << 8;
    private static final int READABLE_FILE = 0100644 << 16;
    private static final int FIRST_YEAR = 1980;
    private static final int LAST_YEAR = 2107;

    private ZipRecords() {}

    /** The header before a member's bytes. */
    static byte[] local(Member member, long crc) {
        byte[] name = name(member);
        boolean isBig = member.bytes() >= MAX_32;
        ByteBuffer out = buffer(30 + name.length + (isBig ? 20 : 0) + 9);
        out.putInt(LOCAL);
        common(out, member, crc, name, isBig, (isBig ? 20 : 0) + 9);
        out.put(name);
        if (isBig) {
            out.putShort(ZIP64).putShort((short) 16).putLong(member.bytes()).putLong(member.bytes());
        }
        unixTime(out, member);
        return out.array();
    }

    /**
     * The header in the central directory. If one number does not fit, all are written in zip64 fields: Info-ZIP's unzip 6.0
     * misreads a field alone behind a file of exactly 4 GiB - 1.
     */
    static byte[] central(Member member, long crc, long offset) {
        byte[] name = name(member);
        boolean is64 = member.bytes() >= MAX_32 || offset >= MAX_32;
        int extra = (is64 ? 28 : 0) + 9;
        ByteBuffer out = buffer(46 + name.length + extra);
        out.putInt(CENTRAL);
        out.putShort((short) (FROM_UNIX | VERSION_ZIP64));
        common(out, member, crc, name, is64, extra);
        out.putShort((short) 0); // comment
        out.putShort((short) 0); // disk
        out.putShort((short) 0); // internal attributes
        out.putInt(READABLE_FILE);
        out.putInt((int) (is64 ? MAX_32 : offset));
        out.put(name);
        if (is64) {
            out.putShort(ZIP64).putShort((short) 24);
            out.putLong(member.bytes()).putLong(member.bytes()).putLong(offset);
        }
        unixTime(out, member);
        return out.array();
    }

    /** The end of the archive. */
    static byte[] end(long members, long directoryBytes, long directoryOffset) {
        boolean is64 = members >= MAX_16 || directoryBytes >= MAX_32 || directoryOffset >= MAX_32;
        ByteBuffer out = buffer(22 + (is64 ? 56 + 20 : 0));
        if (is64) {
            out.putInt(END_64).putLong(44);
            out.putShort((short) (FROM_UNIX | VERSION_ZIP64)).putShort(VERSION_ZIP64);
            out.putInt(0).putInt(0);
            out.putLong(members).putLong(members);
            out.putLong(directoryBytes).putLong(directoryOffset);
            out.putInt(LOCATOR_64)
                    .putInt(0)
                    .putLong(directoryOffset + directoryBytes)
                    .putInt(1);
        }
        short count = (short) Math.min(members, MAX_16);
        out.putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
        out.putInt((int) Math.min(directoryBytes, MAX_32));
        out.putInt((int) Math.min(directoryOffset, MAX_32));
        out.putShort((short) 0);
        return out.array();
    }

    /** What both headers have in common. */
    private static void common(ByteBuffer out, Member member, long crc, byte[] name, boolean is64, int extra) {
        out.putShort(is64 ? VERSION_ZIP64 : VERSION_STORED);
        out.putShort(NAMES_ARE_UTF8);
        out.putShort(STORED);
        out.putInt(dosTime(member.modified()));
        out.putInt((int) crc);
        int bytes = (int) (is64 ? MAX_32 : member.bytes());
        out.putInt(bytes).putInt(bytes);
        out.putShort((short) name.length);
        out.putShort((short) extra);
    }

    private static void unixTime(ByteBuffer out, Member member) {
        out.putShort(UNIX_TIME).putShort((short) 5).put((byte) 1);
        out.putInt(
                (int) Math.max(0, Math.min(Integer.MAX_VALUE, member.modified().getEpochSecond())));
    }

    private static int dosTime(Instant modified) {
        LocalDateTime at = LocalDateTime.ofInstant(modified, ZoneId.systemDefault());
        int year = Math.max(FIRST_YEAR, Math.min(LAST_YEAR, at.getYear()));
        int date = (year - FIRST_YEAR) << 9 | at.getMonthValue() << 5 | at.getDayOfMonth();
        return date << 16 | at.getHour() << 11 | at.getMinute() << 5 | at.getSecond() / 2;
    }

    private static byte[] name(Member member) {
        byte[] name = member.name().getBytes(UTF_8);
        return name.length <= MAX_16 ? name : Arrays.copyOf(name, MAX_16);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
