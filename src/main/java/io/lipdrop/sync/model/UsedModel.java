package io.lipdrop.sync.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A model that was used.
 *
 * @param family what a network that someone put into {@code models/} was recognised as
 * @param device where it ran, if not on the CPU like the small ones
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UsedModel(
        String file,
        String sha256,
        String licence,
        @Nullable String family,
        @Nullable Long bytes,
        @Nullable String device) {}
