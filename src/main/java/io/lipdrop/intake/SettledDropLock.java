package io.lipdrop.intake;

import io.lipdrop.files.ReadLock;
import io.lipdrop.home.ResultFolders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets the file consumer of the inbox take a manifest only when the whole drop has settled. */
@Component("settledDropLock")
class SettledDropLock implements ReadLock {
    static final String VERDICT = "lipdropVerdict";

    private static final Logger log = LoggerFactory.getLogger(SettledDropLock.class);

    private final SettledDrop drops;
    private final ResultFolders results;
    private final Map<Path, String> obstacles = new ConcurrentHashMap<>();

    SettledDropLock(SettledDrop drops, ResultFolders results) {
        this.drops = drops;
        this.results = results;
    }

    @Override
    public boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        Path manifest = file.getFile().toPath().toAbsolutePath().normalize();
        try {
            SettledDrop.Verdict verdict = drops.judge(manifest);
            exchange.setProperty(VERDICT, verdict);
            if (verdict instanceof SettledDrop.Verdict.Waiting) {
                obstacles.remove(manifest);
                return false;
            }
            results.require(); // otherwise it could not be reported, and its batch would have no name
            obstacles.remove(manifest);
            return true;
        } catch (IOException e) {
            if (!e.toString().equals(obstacles.put(manifest, e.toString()))) {
                log.warn("{} waits in the inbox: {}", manifest.getFileName(), e.getMessage());
            }
            return false;
        }
    }
}
