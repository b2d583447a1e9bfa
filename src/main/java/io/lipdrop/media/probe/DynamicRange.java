package io.lipdrop.media.probe;

import io.lipdrop.media.frame.Colour;
import java.util.Locale;

/**
 * The dynamic range of a video, by its transfer function. Results are SDR: HDR is converted to BT.709 while decoding.
 */
public enum DynamicRange {
    STANDARD("SDR", ""),
    /** ARIB STD-B67, BT.2100: phones, and Dolby Vision of profile 8.4. */
    HLG("HLG", "arib-std-b67"),
    /** SMPTE ST 2084, BT.2100: HDR10, and Dolby Vision of profile 8.1. */
    PQ("PQ", "smpte2084");

    /** Peak over white: 1000 cd/m² (the nominal peak of HLG, and of most PQ) over BT.2408's white, 203 cd/m². */
    private static final double PEAK = 1000 / 203.0;

    private final String label;
    private final String transfer;

    DynamicRange(String label, String transfer) {
        this.label = label;
        this.transfer = transfer;
    }

    /** The usual name. */
    public String label() {
        return label;
    }

    static DynamicRange of(Colour colour) {
        for (DynamicRange range : values()) {
            if (range.transfer.equals(colour.transfer())) {
                return range;
            }
        }
        return STANDARD;
    }

    /** The colour space of results. */
    Colour delivered(Colour source) {
        return this == STANDARD ? source : new Colour("bt709", "bt709", "bt709");
    }

    /**
     * FFmpeg's filters that convert to BT.709: light, in which 1 is BT.2408's white; the brightest of red, green and blue
     * bent below 1 where it is above 0.3 (the other two with it, so that hues stay); and BT.709's values of it.
     *
     * @param isRgb whether the decoder outputs RGB
     */
    public String toStandard(Colour source, boolean isRgb) {
        String matrix = isRgb ? "gbr" : known(source.matrix(), "bt2020nc");
        return String.format(
                Locale.ROOT,
                "format=%s,setparams=colorspace=%s:color_primaries=%s:color_trc=%s,zscale=t=linear:p=bt709:npl=203,"
                        + "format=gbrpf32le,tonemap=mobius:param=0.3:peak=%.3f:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv444p",
                isRgb ? "gbrp12le" : "yuv444p12le",
                matrix,
                known(source.primaries(), "bt2020"),
                transfer,
                PEAK);
    }

    private static String known(String said, String otherwise) {
        return said.equals(Colour.UNKNOWN) || said.equals("gbr") ? otherwise : said;
    }
}
