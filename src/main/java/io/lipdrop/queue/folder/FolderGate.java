package io.lipdrop.queue.folder;

import io.lipdrop.files.ReadLock;
import io.lipdrop.job.Job;
import io.lipdrop.queue.QueueGate;
import io.lipdrop.queue.Records;
import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.GenericFileOperations;
import org.springframework.stereotype.Component;

/** Asks the gate before Camel's file consumer takes a document, and tells it when the consumer is done with one. */
@Component
class FolderGate implements ReadLock, GenericFileFilter<File> {
    private final QueueGate gate;
    private final Records records;

    FolderGate(QueueGate gate, Records records) {
        this.gate = gate;
        this.records = records;
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        return gate.isOpenFor(file.getFileNameOnly());
    }

    @Override
    public boolean acquireExclusiveReadLock(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        return gate.admit(file.getFileNameOnly(), () -> jobIn(Path.of(file.getAbsoluteFilePath())));
    }

    private Optional<Job> jobIn(Path document) throws IOException {
        try {
            return records.peek(document, Job.class, Job::isComplete);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        gate.rolledBack(file.getFileNameOnly(), exchange.getException());
    }

    @Override
    public void releaseExclusiveReadLockOnCommit(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        gate.ended(file.getFileNameOnly());
    }

    @Override
    public void releaseExclusiveReadLockOnAbort(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {
        gate.ended(file.getFileNameOnly());
    }
}
