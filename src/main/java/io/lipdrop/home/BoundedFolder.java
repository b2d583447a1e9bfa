package io.lipdrop.home;

import io.lipdrop.files.GuardedFolder;
import io.lipdrop.files.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link GuardedFolder} that few threads read at a time, see {@link FolderAccess}; also each piece of a file that is open. */
public final class BoundedFolder {
    private final Path root;
    private final GuardedFolder files;
    private final FolderAccess access;

    BoundedFolder(Path root, GuardedFolder files, FolderAccess access) {
        this.root = root;
        this.files = files;
        this.access = access;
    }

    /** See {@link GuardedFolder#attributes}. */
    public Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        return access.within(root, () -> files.attributes(file));
    }

    /** See {@link GuardedFolder#list}. */
    public List<String> list(Path folder) throws IOException {
        return access.within(root, () -> files.list(folder));
    }

    /** See {@link GuardedFolder#files}. */
    public Map<String, BasicFileAttributes> files(Path folder) throws IOException {
        return access.within(root, () -> files.files(folder));
    }

    /** See {@link GuardedFolder#read}. */
    public byte[] read(Path file, int most) throws IOException {
        return access.within(root, () -> files.read(file, most));
    }

    /** See {@link GuardedFolder#open}. */
    public Optional<OpenFile> open(Path file) throws IOException {
        return access.within(root, () -> files.open(file))
                .map(open -> new OpenFile(new Content(open.content()), open.attributes()));
    }

    /** A download is slow because of its client: only while it reads it is in the folder. */
    private final class Content implements SeekableByteChannel {
        private final SeekableByteChannel content;

        Content(SeekableByteChannel content) {
            this.content = content;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return access.within(root, () -> content.read(into));
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return content.write(from);
        }

        @Override
        public long position() throws IOException {
            return content.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            content.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return access.within(root, content::size);
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            content.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return content.isOpen();
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
