package io.lipdrop.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A folder on a share that hangs: as many threads as may be in it are stuck there until it answers again. */
public final class StuckThreads {
    private final CountDownLatch answered = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    public StuckThreads(FolderAccess access, Path folder) throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(FolderAccess.MAX_THREADS);
        for (int i = 0; i < FolderAccess.MAX_THREADS; i++) {
            Thread thread = new Thread(() -> stay(access, folder, inside));
            threads.add(thread);
            thread.start();
        }
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void stay(FolderAccess access, Path folder, CountDownLatch inside) {
        try {
            access.within(folder, () -> {
                inside.countDown();
                try {
                    return answered.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The folder answers again. */
    public void answer() throws InterruptedException {
        answered.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
