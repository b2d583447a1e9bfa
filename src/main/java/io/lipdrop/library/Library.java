package io.lipdrop.library;

import io.lipdrop.stage.Uptime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What a manifest can name with {@code library/…}. A listing that is quick is made for each request, or nearly; one that takes
 * its time, as on a slow share, is made beside, and the last one serves until then.
 */
@Component
public class Library {
    private static final Logger log = LoggerFactory.getLogger(Library.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration QUICK = Duration.ofMillis(200);
    private static final long MAX_WAIT_SECONDS = 10;

    private final LibraryWalk walk;
    private final Uptime uptime;
    private final ReentrantLock listing = new ReentrantLock();
    private volatile @Nullable Listing last;

    Library(LibraryWalk walk, Uptime uptime) {
        this.walk = walk;
        this.uptime = uptime;
    }

    private record Listing(List<LibraryFile> files, Duration at, Duration took) {}

    /**
     * The files, sorted by name.
     *
     * @throws IOException where the folder cannot be read, or does not answer
     */
    public List<LibraryFile> files() throws IOException {
        Listing known = last;
        if (known != null && isFresh(known)) {
            return known.files;
        }
        if (known != null && known.took.compareTo(QUICK) > 0) {
            listBeside();
            return known.files;
        }
        try {
            if (!listing.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the library does not answer: does a network share hang?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Lipdrop is stopping", e);
        }
        try {
            Listing meanwhile = last;
            return meanwhile != null && isFresh(meanwhile) ? meanwhile.files : list().files;
        } finally {
            listing.unlock();
        }
    }

    private boolean isFresh(Listing of) {
        return uptime.now().minus(of.at).compareTo(FRESH) < 0;
    }

    private Listing list() throws IOException {
        Duration begin = uptime.now();
        List<LibraryFile> files = walk.files();
        Listing now = new Listing(files, begin, uptime.now().minus(begin));
        last = now;
        return now;
    }

    private void listBeside() {
        if (listing.isLocked()) {
            return; // it is being made
        }
        Thread thread = new Thread(
                () -> {
                    if (listing.tryLock()) {
                        try {
                            list();
                        } catch (IOException | RuntimeException e) {
                            log.debug("The library cannot be listed now", e);
                            last = null; // the next request hears why
                        } finally {
                            listing.unlock();
                        }
                    }
                },
                "lipdrop-library");
        thread.setDaemon(true);
        thread.start();
    }
}
