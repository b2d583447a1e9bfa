package io.lipdrop.intake;

import io.lipdrop.files.ReadLock;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lets the inbox's file consumer take a manifest only when its whole drop has settled. */
@Component("settledDropLock")
class SettledDropLock implements ReadLock {
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
}
