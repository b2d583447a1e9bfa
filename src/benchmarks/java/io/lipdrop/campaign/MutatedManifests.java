package io.lipdrop.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Mutated manifests through the application; {@code benchmarks/manifests.sh}. */
final class MutatedManifests {
    private static final String USAGE =
            "benchmarks/manifests.sh [--application 500] [--minutes 600] [--seed 1] [--folder DIR]";

    private MutatedManifests() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.of(args, USAGE, Set.of("application", "minutes", "seed", "folder"));
        Path folder = arguments.file("folder", "target/mutated-manifests");
        Tally tally = Tally.open(folder.resolve("state.json"), arguments.number("seed", 1));
        long end = System.nanoTime() + arguments.number("minutes", 600) * 60_000_000_000L;
        Mutation mutation = Mutation.best();
        MutatedDrops drops =
                new MutatedDrops(Product.unpack(folder), new Media(folder.resolve("media")), tally, folder);
        drops.manifests(mutation, arguments.number("application", 500), end);
        System.out.println(drops.row("manifests", mutation.name()));
        System.exit(tally.findings().isEmpty() ? 0 : 1);
    }
}
