package io.lipdrop.results;

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
        List<Part> parts = new ArrayList<>();
        List<Member> next = new ArrayList<>();
        for (Member member : members) {
            next.add(member);
            boolean isTooMuch = next.size() > settings.files()
                    || archive(next).length() > settings.bytes().toBytes();
            if (isTooMuch && next.size() > 1) {
                parts.add(part(next.subList(0, next.size() - 1)));
                next = new ArrayList<>(List.of(member));
            }
        }
        if (!next.isEmpty()) {
            parts.add(part(next));
        }
        return parts;
    }

    private Part part(List<Member> members) {
        ZipArchive archive = archive(members);
        return new Part(members.size(), archive.length(), archive);
    }

    private ZipArchive archive(List<Member> members) {
        return new ZipArchive(members, checksums);
    }

    private Member member(ResultFile file, boolean isInFolder) {
        String name = isInFolder ? file.batch() + "/" + file.file() : file.file();
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
}
