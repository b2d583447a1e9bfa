package io.lipdrop.results;

import io.lipdrop.results.zip.ArchiveLength;
import io.lipdrop.results.zip.Checksums;
import io.lipdrop.results.zip.Member;
import io.lipdrop.results.zip.MemberChanged;
import io.lipdrop.results.zip.ZipArchive;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.springframework.stereotype.Component;

/** The finished videos and sidecars of batches as zip archives, divided into parts of a handy size. */
@Component
public class ResultArchives {
    private final Results results;
    private final ZipSettings settings;
    private final Checksums checksums = new Checksums();

    public ResultArchives(Results results, ZipSettings settings) {
        this.results = results;
        this.settings = settings;
    }

    /**
     * One of the archives.
     *
     * @param files how many files are in it
     * @param bytes how long it is
     */
    public record Part(int files, long bytes, ZipArchive archive) {}

    /** The archives of these batches; in those of several, each batch has a folder. */
    public List<Part> of(Collection<String> batches) throws IOException {
        List<Member> members = new ArrayList<>();
        for (String batch : new LinkedHashSet<>(batches)) {
            for (ResultFile file : results.finished(batch)) {
                members.add(member(file, batches.size() > 1));
            }
        }
        return divided(members);
    }

    /** Whether a batch has finished videos, even where nobody knows of it yet: a folder that somebody has just put back. */
    public boolean has(String batch) throws IOException {
        return !results.finished(batch).isEmpty();
    }

    List<Part> divided(List<Member> members) {
        List<Part> parts = new ArrayList<>();
        List<Member> next = new ArrayList<>();
        ArchiveLength length = new ArchiveLength();
        for (Member member : members) {
            boolean isTooMuch = length.add(member) > settings.bytes().toBytes() || next.size() == settings.files();
            if (isTooMuch && !next.isEmpty()) {
                parts.add(part(next));
                next = new ArrayList<>();
                length = new ArchiveLength();
                length.add(member);
            }
            next.add(member);
        }
        if (!next.isEmpty()) {
            parts.add(part(next));
        }
        return parts;
    }

    private Part part(List<Member> members) {
        ZipArchive archive = new ZipArchive(members, checksums);
        return new Part(members.size(), archive.length(), archive);
    }

    private Member member(ResultFile file, boolean isInFolder) {
        String plain = withoutBackslash(file.file());
        String name = isInFolder ? withoutBackslash(file.batch()) + "/" + plain : plain;
        return new Member(name, file.bytes(), file.modifiedAt(), file.path() + "|" + file.tag(), new Member.Source() {
            @Override
            public SeekableByteChannel open() throws IOException {
                return results.open(file).map(OpenResult::content).orElseThrow(() -> new MemberChanged(name));
            }

            @Override
            public boolean isUnchanged() throws IOException {
                return results.isUnchanged(file);
            }
        });
    }

    /** Windows and some programs see folders in a name with it, and {@code ..\\} leads out of the folder that is unpacked to. */
    private static String withoutBackslash(String name) {
        return name.replace('\\', '_');
    }
}
