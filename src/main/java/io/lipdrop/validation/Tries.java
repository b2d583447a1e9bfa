package io.lipdrop.validation;

import io.lipdrop.diagnosis.Diagnosis;
import io.lipdrop.job.Failure;
import io.lipdrop.job.FailureCode;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks again what another try can help: a file is blamed for it only when it goes wrong each time. */
final class Tries {
    private static final Logger log = LoggerFactory.getLogger(Tries.class);

    private final Map<Object, Integer> failed = new HashMap<>();

    /**
     * Tries once.
     *
     * @param key what is checked
     * @param name what the user calls the file
     * @throws MachineUnfit where it is to be tried again
     * @throws Failure where the file is to blame
     */
    <T> T check(Object key, String name, Supplier<T> check) {
        try {
            T answer = check.get();
            failed.remove(key);
            return answer;
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            throw judged(key, name, e);
        }
    }

    private RuntimeException judged(Object key, String name, Throwable error) {
        RuntimeException verdict = Diagnosis.of(error, name);
        if (!(verdict instanceof Failure failure)) {
            return verdict;
        }
        if (failure.code() == FailureCode.DISK_FULL) {
            return new MachineUnfit(failure.reason(), error);
        }
        if (failure.code().retryHelps() && failed.merge(key, 1, Integer::sum) < Job.MAX_ATTEMPTS) {
            String why = Diagnosis.words(error);
            return new MachineUnfit("%s cannot be checked, it is tried again: %s".formatted(name, why), error);
        }
        failed.remove(key);
        if (failure != error) {
            log.error("{} cannot be checked", name, error);
        }
        return failure;
    }
}
