package io.lipdrop.intake;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileExclusiveReadLockStrategy;
import org.apache.camel.component.file.GenericFileOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets the inbox's file consumer take a manifest only when its whole drop has settled. */
@Component("settledDropLock")
class SettledDropLock implements GenericFileExclusiveReadLockStrategy<File> {
    static final String VERDICT = "lipdropVerdict";

    private static final Logger log = LoggerFactory.getLogger(SettledDropLock.class);

    private final SettledDrop drops;
    private String obstacle = "";

    SettledDropLock(SettledDrop drops) {
        this.drops = drops;
    }

    @Override
    public boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        try {
            SettledDrop.Verdict verdict =
                    drops.judge(Path.of(file.getAbsoluteFilePath()).normalize());
            exchange.setProperty(VERDICT, verdict);
            obstacle = "";
            return !(verdict instanceof SettledDrop.Verdict.Waiting);
        } catch (IOException e) {
            if (!obstacle.equals(e.toString())) {
                obstacle = e.toString();
                log.warn("Drops wait in the inbox: {}", obstacle);
            }
            return false;
        }
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {}

    @Override
    public void releaseExclusiveReadLockOnAbort(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    public void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    public void releaseExclusiveReadLockOnCommit(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    public void setTimeout(long timeout) {}

    @Override
    public void setCheckInterval(long checkInterval) {}

    @Override
    public void setReadLockLoggingLevel(LoggingLevel level) {}

    @Override
    public void setMarkerFiler(boolean markerFile) {}

    @Override
    public void setDeleteOrphanLockFiles(boolean deleteOrphanLockFiles) {}
}
