package io.lipdrop.sync.neural;

import java.util.Locale;

/** The kinds of lip-sync networks that are known; docs/models.md tells what to expect of each. */
public enum Family {
    /**
     * Prajwal et al., <i>A Lip Sync Expert Is All You Need</i>, 2020. Mel {@code [N,1,80,16]} and faces {@code [N,6,S,S]}, blue
     * first, 0 to 1, the lower half of the first three channels black, to {@code [N,3,S,S]}.
     */
    WAV2LIP("unknown to Lipdrop; the weights published by the Wav2Lip authors are for non-commercial use only"),
    /**
     * Tan et al., <i>EdTalk</i>, 2024. Mel {@code [1,1,80,16]}, a face {@code [1,3,256,256]}, red first, 0 to 1, and a weight
     * {@code [1]}, to {@code [1,3,256,256]}.
     */
    EDTALK("unknown to Lipdrop; the weights published by the EdTalk authors are under Apache-2.0");

    private final String licence;

    Family(String licence) {
        this.licence = licence;
    }

    /** The name in manifests and sidecars. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is known of the licence of a file of this family, in words. */
    public String licence() {
        return licence;
    }
}
