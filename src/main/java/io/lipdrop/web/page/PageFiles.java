package io.lipdrop.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * How browsers keep the page: they ask each time and get nothing but 304 while a file is the same. The tag is made of the
 * content, because all files of a jar can have one time, of every version the same.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class PageFiles implements WebMvcConfigurer {
    private final Map<String, String> tags = new ConcurrentHashMap<>();

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        serve(registry, "/assets/**", "classpath:/static/assets/");
        serve(registry, "/index.html", "classpath:/static/");
    }

    private void serve(ResourceHandlerRegistry registry, String paths, String folder) {
        registry.addResourceHandler(paths)
                .addResourceLocations(folder)
                .setCacheControl(CacheControl.noCache())
                .setUseLastModified(false)
                .setEtagGenerator(this::tagOf);
    }

    /** The files of a running jar do not change, so each is read for its tag once. */
    private String tagOf(Resource file) {
        return tags.computeIfAbsent(String.valueOf(file), name -> digest(file));
    }

    private static String digest(Resource file) {
        try (InputStream content = file.getInputStream()) {
            return "\"" + DigestUtils.md5DigestAsHex(content) + "\"";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
