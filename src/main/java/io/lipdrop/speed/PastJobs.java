package io.lipdrop.speed;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.job.Job;
import io.lipdrop.job.Job.Preflight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The last jobs of this machine, kept in {@code work/past-jobs.json}, and estimates from them. Only ever a help: what cannot be read or
 * written costs no job.
 */
@Component
public class PastJobs {
    private static final Logger log = LoggerFactory.getLogger(PastJobs.class);
    private static final int KEPT = 40;
    /** An estimate from fewer jobs is a rough one. */
    private static final int ENOUGH = 5;

    private final Path file;
    private final Map<Kind, Optional<Estimate>> estimates = new HashMap<>();
    private @Nullable List<PastJob> jobs;

    public PastJobs(Folders folders) {
        this.file = folders.pastJobs();
    }

    private record Kept(List<PastJob> jobs) {}

    /** What decides how long a job takes. */
    private record Kind(String asked, boolean still, long pixels, long frames) {}

    private record Estimate(double seconds, boolean isRough) {}

    /** Notes a job that was made in one go. */
    public synchronized void add(PastJob job) {
        if (!job.isSound()) {
            return;
        }
        List<PastJob> all = new ArrayList<>(jobs());
        all.add(job);
        if (all.size() > KEPT) {
            all.subList(0, all.size() - KEPT).clear();
        }
        jobs = List.copyOf(all);
        estimates.clear();
        try {
            DurableFiles.writeUnforced(file, Documents.bytes(new Kept(all)));
        } catch (IOException e) {
            log.debug("{} cannot be written", file, e);
        }
    }

    /** What is known of a job, with how long it will take if that can be said. */
    public synchronized Preflight estimated(Job job, Preflight known) {
        Long frames = known.frames();
        if (frames == null || frames <= 0) {
            return known;
        }
        String asked = Objects.requireNonNullElse(job.options().engine(), "auto");
        Kind kind = new Kind(asked, known.still(), (long) known.width() * known.height(), frames);
        if (estimates.size() > KEPT * KEPT) {
            estimates.clear();
        }
        return estimates
                .computeIfAbsent(kind, this::estimate)
                .map(estimate -> known.estimated(Math.max(1, Math.round(estimate.seconds)), estimate.isRough))
                .orElse(known);
    }

    /** The weighted medians of the time around the frames and for each, of jobs like it. */
    private Optional<Estimate> estimate(Kind kind) {
        List<PastJob> like = like(kind);
        if (like.isEmpty()) {
            return Optional.empty();
        }
        List<double[]> fixed = new ArrayList<>();
        List<double[]> frame = new ArrayList<>();
        for (PastJob job : like) {
            fixed.add(new double[] {job.fixedSeconds(), job.fixedWeight(kind.pixels, kind.frames)});
            frame.add(new double[] {job.secondsAFrame(kind.pixels), job.weight(kind.pixels)});
        }
        boolean isLike = like.stream().allMatch(job -> job.asked().equals(kind.asked) && job.still() == kind.still);
        double seconds = median(fixed) + kind.frames * median(frame);
        return Optional.of(new Estimate(seconds, like.size() < ENOUGH || !isLike));
    }

    /** Those that are most like it: of what drew the newest of them, and of images only for an image; else what there is. */
    private List<PastJob> like(Kind kind) {
        List<PastJob> all = jobs();
        List<PastJob> asked =
                all.stream().filter(job -> job.asked().equals(kind.asked)).toList();
        List<PastJob> drawn = asked.isEmpty()
                ? all.stream().filter(job -> job.engine().equals(kind.asked)).toList()
                : asked.stream()
                        .filter(job -> job.isLike(asked.get(asked.size() - 1)))
                        .toList();
        List<PastJob> some = drawn.isEmpty() ? all : drawn;
        List<PastJob> same =
                some.stream().filter(job -> job.still() == kind.still).toList();
        return same.isEmpty() ? some : same;
    }

    private static double median(List<double[]> weighted) {
        weighted.sort((one, other) -> Double.compare(one[0], other[0]));
        double half = weighted.stream().mapToDouble(pair -> pair[1]).sum() / 2;
        double sum = 0;
        for (double[] pair : weighted) {
            sum += pair[1];
            if (sum >= half) {
                return pair[0];
            }
        }
        return weighted.get(weighted.size() - 1)[0];
    }

    private List<PastJob> jobs() {
        List<PastJob> known = jobs;
        if (known == null) {
            known = read();
            jobs = known;
        }
        return known;
    }

    private List<PastJob> read() {
        try {
            Kept kept = Files.exists(file) ? Documents.read(file, Kept.class) : null;
            return kept == null || kept.jobs == null
                    ? List.of()
                    : kept.jobs.stream()
                            .filter(job -> job != null && job.isSound())
                            .toList();
        } catch (JsonProcessingException e) {
            log.warn("{} cannot be read: estimates begin anew", file);
        } catch (IOException e) {
            log.debug("{} cannot be read", file, e);
        }
        return List.of();
    }
}
