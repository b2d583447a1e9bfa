package io.lipdrop.media.ffmpeg;

import io.lipdrop.media.MediaException;
import io.lipdrop.media.MediaException.Kind;
import io.lipdrop.media.MediaLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Passes a file from outside to FFmpeg as an open descriptor on its standard input, never by name.
 *
 * <p>So a name is never read as a pattern, an option or a URL; the content alone decides the container; and since
 * {@code fd} is the only protocol allowed, a playlist, a concat script or a reference inside a video cannot open other files.
 */
public final class SafeInput {
    /** The only URL passed to the programs. */
    static final String URL = "fd:";

    private static final String FORMATS = "mov,mp4,matroska,webm,avi,flv,mpeg,mpegts,mpegvideo,asf,ogg,wav,w64,mp3,aac,"
            + "flac,amr,aiff,caf,au,ac3,eac3,dts,wv,tta,voc,mxf,dv,gif,apng,"
            + "png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe,j2k_pipe";

    /** The decoders that may be used. */
    public static final String DECODERS = "h264,hevc,vp8,vp9,libaom-av1,libdav1d,av1,mpeg4,msmpeg4v1,msmpeg4v2,msmpeg4,"
            + "mpeg1video,mpeg2video,mpegvideo,h263,flv,mjpeg,prores,dnxhd,cfhd,png,wmv1,wmv2,wmv3,vc1,theora,"
            + "vp6,vp6f,dvvideo,rawvideo,huffyuv,ffvhuff,ffv1,utvideo,qtrle,svq1,svq3,cinepak,"
            + "gif,apng,webp,bmp,tiff,jpeg2000,v210,"
            + "aac,aac_fixed,aac_latm,mp3float,mp3,mp2float,mp2,mp1float,mp1,flac,vorbis,opus,libopus,speex,libspeex,"
            + "amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,wmav1,wmav2,wmapro,wmalossless,alac,ac3,eac3,dca,"
            + "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,"
            + "pcm_u8,pcm_s8,pcm_alaw,pcm_mulaw,pcm_bluray,pcm_dvd,adpcm_ima_wav,adpcm_ima_qt,adpcm_ms,"
            + "adpcm_yamaha,g722,g726,g726le,gsm,gsm_ms,"
            + "wavpack,tta,truehd,s302m,pcm_s16le_planar,pcm_s16be_planar";

    /** More decoders that ffprobe may open, because many videos have subtitles; they are never used. */
    public static final String SUBTITLES = "srt,subrip,ass,ssa,mov_text,webvtt,text,pgssub,dvdsub,dvbsub,xsub,cc_dec";

    /** Bytes read to find the streams; in a transport stream the sound may start late. */
    private static final int PROBE_BYTES = 20_000_000;

    /** Microseconds of the file read to find the streams. */
    private static final int ANALYSIS_MICROS = 20_000_000;

    /** Start of image, and the first byte of the marker that follows. */
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

    private SafeInput() {}

    /** Options before the input, if the container is not known yet. */
    static List<String> anyContainer(MediaLimits limits) {
        return List.of(
                "-protocol_whitelist",
                "fd",
                "-format_whitelist",
                FORMATS,
                "-codec_whitelist",
                DECODERS,
                "-probesize",
                Integer.toString(PROBE_BYTES),
                "-analyzeduration",
                Integer.toString(ANALYSIS_MICROS),
                "-max_pixels",
                Long.toString(limits.pixels()));
    }

    /**
     * Whether a file begins as a JPEG does (ITU T.81, B.1.1.3). The image may be followed by a second one or a video (Ultra
     * HDR, MPO, motion photo), which breaks FFmpeg's detection.
     */
    static boolean isJpeg(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(JPEG.length), JPEG);
        } catch (IOException e) {
            return false; // ffprobe reports the reason
        }
    }

    /** The name of the file without its folder, on one line. */
    public static String nameOf(Path file) {
        Path name = file.getFileName();
        return (name == null ? file : name).toString().replaceAll("\\p{Cntrl}", "?");
    }

    /** Rejects everything except readable regular files: a pipe or a device could block forever. */
    static void check(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MediaException(
                    Files.exists(file) ? Kind.NOT_MEDIA : Kind.UNREADABLE, nameOf(file) + " is not a file.");
        }
        if (!Files.isReadable(file)) {
            throw new MediaException(Kind.UNREADABLE, nameOf(file) + " cannot be read: permission denied.");
        }
        if (file.toFile().length() == 0) {
            throw new MediaException(Kind.NOT_MEDIA, nameOf(file) + " is empty (0 bytes).");
        }
    }

    /** Throws if the folder is not writable. */
    public static void checkWritable(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new MediaException(
                    Kind.UNREADABLE, nameOf(target) + " cannot be written: its folder is not writable.");
        }
    }
}
