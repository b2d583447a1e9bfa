package io.lipdrop.uploads;

import io.lipdrop.home.Names;
import io.lipdrop.uploads.UploadRefused.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file name in the metadata of an upload: {@code filename bGVzc29uLm9nZw==,filetype …}. */
final class UploadName {
    /** More than any page sends; the header itself may be 8 KB. */
    private static final int MAX_CHARACTERS = 4096;

    private static final String UNNAMED = "upload";

    private UploadName() {}

    /**
     * A name that is valid as a file's on every system, as {@link Names} has it; folders in it are left out.
     *
     * @throws UploadRefused if the metadata cannot be read
     */
    static String in(@Nullable String metadata) {
        if (metadata == null || metadata.isBlank()) {
            return UNNAMED;
        }
        if (metadata.length() > MAX_CHARACTERS) {
            throw bad("is longer than %d characters".formatted(MAX_CHARACTERS));
        }
        String name = pairs(metadata).getOrDefault("filename", "");
        String last = Names.baseName(name);
        return last.isBlank() ? UNNAMED : Names.stem(last) + Names.extension(last);
    }

    private static Map<String, String> pairs(String metadata) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : metadata.split(",", -1)) {
            String[] parts = pair.strip().split(" +", -1);
            boolean isPair = !parts[0].isEmpty() && parts.length <= 2;
            if (!isPair || pairs.put(parts[0], parts.length == 2 ? decoded(parts[1]) : "") != null) {
                throw bad("is not a list of unique keys with values in Base64");
            }
        }
        return pairs;
    }

    private static String decoded(String value) {
        try {
            byte[] bytes = Base64.getDecoder().decode(value);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw bad("has a value that is not UTF-8 in Base64");
        }
    }

    private static UploadRefused bad(String why) {
        return new UploadRefused(Reason.BAD_METADATA, "The header Upload-Metadata " + why + ".");
    }
}
