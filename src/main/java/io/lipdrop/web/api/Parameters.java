package io.lipdrop.web.api;

import io.lipdrop.job.JobState;
import io.lipdrop.web.problem.Problem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters that lists have in common. */
final class Parameters {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private Parameters() {}

    /** How many items a page has at most. */
    static int limit(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw wrongLimit();
        }
        throw wrongLimit();
    }

    /** States, divided by commas; all where none is named. */
    static Set<JobState> states(@Nullable String text) {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        if (text != null && !text.isBlank()) {
            for (String name : text.split(",", -1)) {
                states.add(state(name.strip()));
            }
        }
        return states.isEmpty() ? EnumSet.allOf(JobState.class) : states;
    }

    private static JobState state(String name) {
        return Arrays.stream(JobState.values())
                .filter(state -> state.label().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest(
                        "There is no state '%s'.".formatted(name),
                        "States are "
                                + Arrays.stream(JobState.values())
                                        .map(JobState::label)
                                        .collect(Collectors.joining(", "))
                                + "; several are divided by commas."));
    }

    private static Problem wrongLimit() {
        return Problem.badRequest(
                "limit is not a number from 1 to " + MAX_LIMIT + ".", "Read long lists page by page.");
    }
}
