package io.lipdrop.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lipdrop.job.Job;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a result says that it is AI-made: in words, and for machines as the {@code AIGC} entry of GB 45438-2025, appendix E, which in MP4
 * stands in moov/udta/meta (practice guide TC260-PG-20257A). See docs/marking.md.
 *
 * @param aigc the entry in the metadata
 * @param visible whether every frame has a label
 */
record Marking(Aigc aigc, boolean visible) {
    /** It is AI-made; 2 and 3 would say that it may be, or is suspected to be. */
    private static final String AI_MADE = "1";

    /** Characters beyond ASCII are escaped, so that no encoding of command lines can damage them. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /**
     * The entry. What is left empty is for those who pass the file on, or optional.
     *
     * @param label whether the content is AI-made
     * @param contentProducer name or code of who provides the service
     * @param produceId the producer's number for the file: the job's id
     * @param reservedCode1 the producer's own protection, none
     * @param contentPropagator for the platform that passes the file on
     * @param propagateId likewise
     * @param reservedCode2 likewise
     */
    @JsonPropertyOrder({
        "Label",
        "ContentProducer",
        "ProduceID",
        "ReservedCode1",
        "ContentPropagator",
        "PropagateID",
        "ReservedCode2"
    })
    record Aigc(
            @JsonProperty("Label") String label,
            @JsonProperty("ContentProducer") String contentProducer,
            @JsonProperty("ProduceID") String produceId,
            @JsonProperty("ReservedCode1") String reservedCode1,
            @JsonProperty("ContentPropagator") String contentPropagator,
            @JsonProperty("PropagateID") String propagateId,
            @JsonProperty("ReservedCode2") String reservedCode2) {}

    static Marking of(Job job, MarkingSettings settings) {
        boolean visible = Boolean.TRUE.equals(job.options().label());
        return new Marking(new Aigc(AI_MADE, settings.producer(), job.id(), "", "", "", ""), visible);
    }

    /** The metadata of the result. */
    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("comment", "AI-generated: the lip movements in this video were made by Lipdrop.");
        metadata.put("description", "AI-generated lip movements (Lipdrop)");
        try {
            metadata.put("AIGC", JSON.writeValueAsString(aigc));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return metadata;
    }
}
