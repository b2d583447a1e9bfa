package io.lipdrop.web.control;

import io.lipdrop.web.problem.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a job is to wait.
 *
 * @param priority 0 to 9; nothing where it comes first of all
 */
record Place(@Nullable Integer priority) {
    private static final String HINT = "Send {\"priority\": 0 to 9} or {\"place\": \"first\"}.";

    /**
     * Reads the body of the request.
     *
     * @throws Problem where it is anything else
     */
    static Place of(Map<String, Object> change) {
        if (change.size() != 1) {
            throw Problem.badRequest("One change was expected, not %d.".formatted(change.size()), HINT);
        }
        Object priority = change.get("priority");
        if (priority instanceof Integer number && number >= 0 && number <= 9) {
            return new Place(number);
        }
        if ("first".equals(change.get("place"))) {
            return new Place(null);
        }
        throw Problem.badRequest("%s is not a place in the queue.".formatted(change), HINT);
    }
}
