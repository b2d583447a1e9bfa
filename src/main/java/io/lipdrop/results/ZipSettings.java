package io.lipdrop.results;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How results are divided into archives.
 *
 * @param files most files in one archive
 * @param bytes largest size of one archive; a file that is larger by itself has an archive of its own
 */
@ConfigurationProperties("lipdrop.zip")
public record ZipSettings(
        @DefaultValue("200") int files, @DefaultValue("4GB") DataSize bytes) {
    public ZipSettings {
        if (files < 1 || bytes.toBytes() < 1) {
            throw new IllegalArgumentException("lipdrop.zip.files and .bytes must be at least 1");
        }
    }
}
