package io.lipdrop.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Makes a broken file of a good one; the same seed makes the same file. */
interface Mutation {
    void mutate(Path source, Path target, long seed) throws IOException;

    /** In whose name the row of the table is. */
    String name();

    /** zzuf where it is installed, else changed, cut, doubled and zeroed bytes. */
    static Mutation best() {
        return Zzuf.isHere() ? new Zzuf() : new Bytes();
    }

    /** <a href="http://caca.zoy.org/wiki/zzuf">zzuf</a>, Debian's package of that name: flips bits at a rate. */
    final class Zzuf implements Mutation {
        private static final Path PROGRAM = Path.of("/usr/bin/zzuf");
        private static final double[] RATES = {0.00002, 0.0001, 0.0004, 0.001, 0.004};

        static boolean isHere() {
            return Files.isExecutable(PROGRAM);
        }

        @Override
        public void mutate(Path source, Path target, long seed) throws IOException {
            double rate = RATES[(int) Math.floorMod(seed, (long) RATES.length)];
            Process process = new ProcessBuilder(
                            PROGRAM.toString(), "-s", Long.toString(seed), "-r", Double.toString(rate))
                    .redirectInput(source.toFile())
                    .redirectOutput(target.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                if (process.waitFor() != 0) {
                    throw new IOException("zzuf failed on " + source);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (seed % 4 == 0) { // what zzuf does not do: an end before the end
                byte[] content = Files.readAllBytes(target);
                Files.write(target, java.util.Arrays.copyOf(content, new Random(seed).nextInt(content.length + 1)));
            }
        }

        @Override
        public String name() {
            return "zzuf";
        }
    }

    /** For a short form that needs nothing installed. */
    final class Bytes implements Mutation {
        @Override
        public void mutate(Path source, Path target, long seed) throws IOException {
            Random random = new Random(seed);
            byte[] content = Files.readAllBytes(source);
            for (int i = 1 + random.nextInt(Math.max(1, content.length / 200)); i > 0 && content.length > 0; i--) {
                int place = random.nextInt(content.length);
                int length = Math.min(1 + random.nextInt(16), content.length - place);
                switch (random.nextInt(4)) {
                    case 0 -> content[place] ^= (byte) (1 << random.nextInt(8));
                    case 1 -> java.util.Arrays.fill(content, place, place + length, (byte) random.nextInt(256));
                    case 2 ->
                        System.arraycopy(content, place, content, random.nextInt(content.length - length + 1), length);
                    default -> content = random.nextInt(8) == 0 ? java.util.Arrays.copyOf(content, place) : content;
                }
            }
            Files.write(target, content);
        }

        @Override
        public String name() {
            return "changed bytes";
        }
    }
}
