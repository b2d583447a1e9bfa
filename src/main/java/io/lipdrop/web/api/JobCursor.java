package io.lipdrop.web.api;

import io.lipdrop.web.api.JobPlace.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of the list of jobs begins. The queue moves while it is read: the last jobs of the page are remembered, and the
 * next begins behind the first of them that still waits. Where none does, it begins with the first in the queue: jobs may come
 * twice, but none that waits is left out.
 *
 * @param place the last job's
 * @param lastIds the last ids of the page, in the queue only
 */
record JobCursor(JobPlace place, List<String> lastIds) {
    private static final String NAME = "jobs";
    private static final int REMEMBERED = 8;
    private static final int FIXED_PARTS = 4;

    JobCursor {
        lastIds = List.copyOf(lastIds);
    }

    static @Nullable JobCursor read(@Nullable String text) {
        Cursor cursor = Cursor.read(text, NAME, FIXED_PARTS);
        if (cursor == null) {
            return null;
        }
        Section section = Arrays.stream(Section.values())
                .filter(one -> one.name().equals(cursor.part(0)))
                .findFirst()
                .orElseThrow(Cursor::unknown);
        List<String> ids = cursor.parts().subList(FIXED_PARTS, cursor.parts().size());
        return new JobCursor(new JobPlace(section, cursor.instant(1), cursor.part(2), cursor.number(3)), ids);
    }

    static String after(List<PlacedJob> page) {
        PlacedJob last = page.get(page.size() - 1);
        List<String> parts = new ArrayList<>(List.of(
                NAME,
                last.place().section().name(),
                last.place().createdAt().toString(),
                last.place().batch(),
                Integer.toString(last.place().number())));
        if (last.place().section() == Section.QUEUED) {
            page.stream()
                    .filter(job -> job.place().section() == Section.QUEUED)
                    .skip(Math.max(0, countOfQueued(page) - REMEMBERED))
                    .forEach(job -> parts.add(job.id()));
        }
        return new Cursor(parts).text();
    }

    private static long countOfQueued(List<PlacedJob> page) {
        return page.stream()
                .filter(job -> job.place().section() == Section.QUEUED)
                .count();
    }

    /** What comes after it in its own section. */
    Iterator<PlacedJob> rest(List<PlacedJob> jobs) {
        if (place.section() != Section.QUEUED) {
            return jobs.stream().filter(this::isBefore).iterator();
        }
        int begin = 0;
        while (begin < jobs.size() && !lastIds.contains(jobs.get(begin).id())) {
            begin++;
        }
        if (begin == jobs.size()) {
            begin = 0;
        }
        return jobs.subList(begin, jobs.size()).stream()
                .filter(job -> !lastIds.contains(job.id()))
                .iterator();
    }

    boolean isBefore(PlacedJob job) {
        return JobPlace.order(place.section()).compare(place, job.place()) < 0;
    }
}
