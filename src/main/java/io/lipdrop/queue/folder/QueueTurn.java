package io.lipdrop.queue.folder;

import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.springframework.stereotype.Component;

/**
 * Workers look for their next job one after the other, so that each takes the first that there is; and none sees what
 * another still has in hand, so that no job is taken twice.
 */
@Component
class QueueTurn implements PollingConsumerPollStrategy {
    /** More than jobs ever wait: where the queue is set to list all of them at once, Camel enters them all for that moment. */
    private static final int MAX_DOCUMENTS = 100_000;

    private final ReentrantLock turn = new ReentrantLock();
    private final IdempotentRepository inHand = MemoryIdempotentRepository.memoryIdempotentRepository(MAX_DOCUMENTS);

    /** The consumers of this folder take turns with those of the others that were given here. */
    void share(GenericFileEndpoint<?> queue) {
        queue.setPollStrategy(this);
        queue.setInProgressRepository(inHand);
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        turn.lock();
        return true;
    }

    /** Lets the next one look: this one has found its job. The rest of the look is the job itself, in the same thread. */
    void pass() {
        while (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        pass();
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        pass();
        return false;
    }
}
