package io.lipdrop.intake;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.springframework.stereotype.Component;

/**
 * Which files of the inbox are manifests. Reports that came back with a retried folder are
 * not; a folder that is a link is not entered, for it may lead anywhere; a pipe is not read, for it may never end.
 */
@Component("manifests")
class ManifestFilter implements GenericFileFilter<File> {
    @Override
    public boolean accept(GenericFile<File> file) {
        Path path = Path.of(file.getAbsoluteFilePath());
        return file.isDirectory()
                ? !isHidden(file.getFileNameOnly()) && !Files.isSymbolicLink(path)
                : isManifest(file.getFileNameOnly()) && (Files.isRegularFile(path) || Files.isSymbolicLink(path));
    }

    static boolean isManifest(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        boolean document = name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml");
        return document && !isHidden(name) && !isReport(name);
    }

    static boolean isReport(String fileName) {
        return fileName.endsWith(".error.json") || fileName.equals("status.json");
    }

    /** Whether a file is neither a manifest nor one of those that programs leave behind. */
    static boolean isMedia(String fileName) {
        return !isManifest(fileName) && !isHidden(fileName) && !isReport(fileName);
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.startsWith("~$") || name.startsWith("@") || name.startsWith("#");
    }
}
