package io.lipdrop.queue.opening;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the hours stand at a moment.
 *
 * @param spec as the owner wrote them
 * @param zone their time zone
 * @param open whether jobs may begin
 * @param opensAt when they begin again, outside of them
 * @param closesAt when they end, within them; nothing where they never do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HoursNow(
        String spec,
        String zone,
        boolean open,
        @Nullable Instant opensAt,
        @Nullable Instant closesAt) {}
