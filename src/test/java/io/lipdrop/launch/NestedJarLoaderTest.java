package io.lipdrop.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedJarLoaderTest {
    private static final String SAMPLE = "io/lipdrop/launch/NestedJarLoaderTest$Sample.class";
    private static final String OTHER = "io/lipdrop/launch/NestedJarLoaderTest$Other.class";

    @TempDir
    Path folder;

    /** A class to be loaded from a jar in a jar. */
    public static final class Sample {}

    /** One in another. */
    public static final class Other {}

    @Test
    void loadsClassesOfJarsInTheJarWithTheirPackage() throws Exception {
        Class<?> sample = loader().loadClass(Sample.class.getName());
        Class<?> other = loader().loadClass(Other.class.getName());

        assertThat(sample).isNotSameAs(Sample.class);
        assertThat(sample.getDeclaredConstructor().newInstance()).isNotInstanceOf(Sample.class);
        assertThat(sample.getPackage().getImplementationVersion()).isEqualTo("1.2");
        assertThat(other.getPackage().getImplementationVersion())
                .as("the manifest has none")
                .isNull();
        assertThat(sample.getProtectionDomain().getCodeSource().getLocation().toString())
                .endsWith("/!BOOT-INF/lib/a.jar!/");
    }

    @Test
    void ofOneNameTheFirstJarOnTheClassPathCounts() throws IOException {
        URLClassLoader loader = loader();

        assertThat(text(loader, "both.txt")).isEqualTo("of the classes");
        assertThat(Collections.list(loader.findResources("both.txt")))
                .extracting(URL::toString)
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("/!BOOT-INF/classes/!/both.txt"),
                        second -> assertThat(second).endsWith("/!BOOT-INF/lib/a.jar!/both.txt"),
                        third -> assertThat(third).endsWith("/!BOOT-INF/lib/b.jar!/both.txt"));
    }

    @Test
    void takesWhatAJarHasForThisJavaAndNothingForLaterOnes() throws IOException {
        URLClassLoader loader = loader();

        assertThat(text(loader, "versioned.txt")).isEqualTo("for 11");
        assertThat(loader.findResource("versioned.txt").toString())
                .endsWith("a.jar!/META-INF/versions/11/versioned.txt");
        assertThat(Collections.list(loader.findResources("versioned.txt"))).hasSize(2);
        assertThat(text(loader, "plain.txt"))
                .as("b.jar is not for several versions")
                .isEqualTo("plain");
    }

    @Test
    void escapesNamesInUrlsAndFindsFolders() throws IOException {
        URLClassLoader loader = loader();

        assertThat(loader.findResource("a folder/100%.txt").toString()).endsWith("b.jar!/a%20folder/100%25.txt");
        assertThat(loader.findResource("a folder").toString()).endsWith("/a%20folder/");
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        URLClassLoader loader = loader();

        assertThat(loader.findResource("absent.txt")).isNull();
        assertThat(loader.getResourceAsStream("absent.txt")).isNull();
        assertThat(Collections.list(loader.findResources("absent.txt"))).isEmpty();
        assertThatThrownBy(() -> loader.loadClass("io.lipdrop.Absent")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void refusesJarsThatCannotBeReadInPlace() throws IOException {
        File packed = outer(true).toFile();
        Path cut = folder.resolve("cut.jar");
        byte[] whole = Files.readAllBytes(outer(false));
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 100));

        assertThatThrownBy(() -> new NestedJarLoader(urls(packed), packed)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new NestedJarLoader(urls(cut.toFile()), cut.toFile()))
                .isInstanceOf(IOException.class);
    }

    private URLClassLoader loader() throws IOException {
        File jar = outer(false).toFile();
        return new NestedJarLoader(urls(jar), jar);
    }

    /** As Spring Boot's loader has them, but for the protocol, which only that loader brings. */
    private static URLClassLoader urls(File jar) throws IOException {
        String start = jar.toURI() + "/!";
        URL[] urls = {
            URI.create(start + "BOOT-INF/classes/!/").toURL(),
            URI.create(start + "BOOT-INF/lib/a.jar!/").toURL(),
            URI.create(start + "BOOT-INF/lib/b.jar!/").toURL()
        };
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private Path outer(boolean isPacked) throws IOException {
        Map<String, byte[]> first = new LinkedHashMap<>();
        first.put("META-INF/MANIFEST.MF", manifest("Implementation-Version: 1.2\nMulti-Release: true\n"));
        first.put("META-INF/versions/9/versioned.txt", "for 9".getBytes(UTF_8));
        first.put("META-INF/versions/11/versioned.txt", "for 11".getBytes(UTF_8));
        first.put("META-INF/versions/999/versioned.txt", "for 999".getBytes(UTF_8));
        first.put("versioned.txt", "for all".getBytes(UTF_8));
        first.put("both.txt", "of a".getBytes(UTF_8));
        first.put(SAMPLE, ofTests(SAMPLE));
        Map<String, byte[]> second = new LinkedHashMap<>();
        second.put("META-INF/versions/11/plain.txt", "for 11".getBytes(UTF_8));
        second.put("versioned.txt", "of b".getBytes(UTF_8));
        second.put("plain.txt", "plain".getBytes(UTF_8));
        second.put("both.txt", "of b".getBytes(UTF_8));
        second.put("a folder/", new byte[0]);
        second.put("a folder/100%.txt", new byte[0]);
        second.put(OTHER, ofTests(OTHER));
        Map<String, byte[]> outer = new LinkedHashMap<>();
        outer.put("BOOT-INF/classes/both.txt", "of the classes".getBytes(UTF_8));
        outer.put("BOOT-INF/lib/a.jar", zip(first, true));
        outer.put("BOOT-INF/lib/b.jar", zip(second, true));
        return Files.write(folder.resolve(isPacked ? "packed.jar" : "outer.jar"), zip(outer, isPacked));
    }

    private static byte[] manifest(String lines) {
        return ("Manifest-Version: 1.0\n" + lines).getBytes(UTF_8);
    }

    private static byte[] ofTests(String name) throws IOException {
        try (InputStream in = NestedJarLoaderTest.class.getClassLoader().getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static byte[] zip(Map<String, byte[]> files, boolean isPacked) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                if (!isPacked) {
                    CRC32 sum = new CRC32();
                    sum.update(file.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(file.getValue().length);
                    entry.setCrc(sum.getValue());
                }
                out.putNextEntry(entry);
                out.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static String text(ClassLoader loader, String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    @Test
    void findsEachOfManyNames() throws IOException {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 40_000; i++) {
            many.put("n" + i, new byte[0]);
        }
        Map<String, byte[]> outer = new LinkedHashMap<>();
        outer.put("BOOT-INF/classes/x", new byte[0]);
        outer.put("BOOT-INF/lib/a.jar", zip(many, true));
        outer.put("BOOT-INF/lib/b.jar", zip(Map.of("n39999", "later".getBytes(UTF_8)), true));
        File jar = Files.write(folder.resolve("many.jar"), zip(outer, false)).toFile();
        JarIndex index =
                new NestedJars(jar, List.of("BOOT-INF/classes/", "BOOT-INF/lib/a.jar", "BOOT-INF/lib/b.jar")).index();

        for (int i = 0; i < 40_000; i++) {
            int entry = index.find("n" + i, -1);
            assertThat(index.fullName(entry)).isEqualTo("n" + i);
            assertThat(index.jar(entry)).isEqualTo(1);
        }
        assertThat(index.jar(index.find("n39999", index.find("n39999", -1)))).isEqualTo(2);
        assertThat(index.find("n40000", -1)).isNegative();
    }
}
