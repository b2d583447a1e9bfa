package io.lipdrop.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this machine can do its work.
 *
 * @param reasons why not; nothing where it can
 */
public record HealthStatus(List<String> reasons) {
    public HealthStatus {
        reasons = List.copyOf(reasons);
    }

    /** Whether it can. */
    @JsonProperty
    public boolean fit() {
        return reasons.isEmpty();
    }

    /** Whether there is news; amounts, as of free space, are none. */
    public boolean isChangedFrom(@Nullable HealthStatus last) {
        return last == null || !BatchSummary.isSameButAmounts(reasons.toString(), last.reasons.toString());
    }

    /** Who can tell; looks at folders and disks, so it may take a while where one is on a share. */
    public interface Source {
        /** As it is at this moment. */
        HealthStatus health();
    }
}
