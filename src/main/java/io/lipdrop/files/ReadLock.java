package io.lipdrop.files;

import java.io.File;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileExclusiveReadLockStrategy;
import org.apache.camel.component.file.GenericFileOperations;

/** Decides whether a Camel file consumer may take a file now. Nothing is locked; a release only reports the end. */
@FunctionalInterface
public interface ReadLock extends GenericFileExclusiveReadLockStrategy<File> {
    @Override
    default void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {}

    @Override
    default void releaseExclusiveReadLockOnAbort(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    default void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    default void releaseExclusiveReadLockOnCommit(
            GenericFileOperations<File> operations, GenericFile<File> file, Exchange exchange) {}

    @Override
    default void setTimeout(long timeout) {}

    @Override
    default void setCheckInterval(long checkInterval) {}

    @Override
    default void setReadLockLoggingLevel(LoggingLevel level) {}

    @Override
    default void setMarkerFiler(boolean markerFile) {}

    @Override
    default void setDeleteOrphanLockFiles(boolean deleteOrphanLockFiles) {}
}
