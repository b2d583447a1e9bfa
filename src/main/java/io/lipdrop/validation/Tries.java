package io.lipdrop.validation;

import io.lipdrop.job.Failure;
import io.lipdrop.job.Job;
import io.lipdrop.job.MachineUnfit;
import io.lipdrop.job.RootCause;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Checks again what another try can help: a file is blamed for it only when it goes wrong each time. */
final class Tries {
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
        } catch (MachineUnfit e) {
            throw e;
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            throw judged(key, name, e);
        }
    }

    private RuntimeException judged(Object key, String name, Throwable error) {
        if (RootCause.isMachines(error)) {
            return new MachineUnfit(RootCause.words(error), error);
        }
        boolean retryHelps =
                !(error instanceof Failure failure) || failure.code().retryHelps();
        if (retryHelps && failed.merge(key, 1, Integer::sum) < Job.MOST_ATTEMPTS) {
            return new MachineUnfit(
                    "%s cannot be checked, it is tried again: %s".formatted(name, RootCause.words(error)), error);
        }
        failed.remove(key);
        return error instanceof Failure failure ? failure : Failure.unforeseen(name, error);
    }
}
