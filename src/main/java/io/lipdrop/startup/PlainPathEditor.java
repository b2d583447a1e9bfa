package io.lipdrop.startup;

import java.nio.file.Path;
import org.springframework.beans.propertyeditors.PathEditor;

/**
 * Takes paths in settings as they are written, relative to the working directory. Spring's editor looks for a relative path
 * on the classpath and among the documents of the web server first, where {@code .}, {@code models} and {@code home} exist.
 */
public final class PlainPathEditor extends PathEditor {
    @Override
    public void setAsText(String text) {
        boolean isLocation = text.isBlank() || text.startsWith("file:") || text.startsWith("classpath:");
        if (isLocation) {
            super.setAsText(text);
        } else {
            setValue(Path.of(text));
        }
    }
}
