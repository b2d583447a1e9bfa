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

/** Repeats checks for which a retry can help: the file fails only if every attempt fails. */
final class Tries {
    private static final Logger log = LoggerFactory.getLogger(Tries.class);

    private final Map<Object, Integer> failed = new HashMap<>();

    /**
     * Runs one attempt.
     *
     * @param key what is checked
     * @param name the user's name for the file
     * @throws MachineUnfit if it must be retried
     * @throws Failure if the file is the cause
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
            return new MachineUnfit("checking %s failed, retrying: %s".formatted(name, why), error);
        }
        failed.remove(key);
        if (failure != error) {
            log.error("checking {} failed", name, error);
        }
        return failure;
    }
}
