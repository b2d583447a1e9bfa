package io.lipdrop.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is still to be told, and what nobody has accepted. */
@Component
public class NoticeList {
    private static final int MAX = 200;

    private final NoticeFolder notices;

    NoticeList(NoticeFolder notices) {
        this.notices = notices;
    }

    /**
     * The notices, the oldest first; 200 of each at most.
     *
     * @param waiting how many are still to be sent
     * @param aside how many were refused too often, or for a day
     */
    public record Notices(int waiting, int aside, List<Item> next, List<Item> notAccepted) {}

    /**
     * One notice for one channel.
     *
     * @param batch the batch that it is about, if it is about one
     * @param trouble why it was not accepted so far
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            String id,
            String channel,
            String type,
            @Nullable String batch,
            Instant timestamp,
            int refusals,
            @Nullable String trouble) {}

    /**
     * As they are now.
     *
     * @throws IOException while {@code work/} cannot be read
     */
    public Notices now() throws IOException {
        List<String> waiting = notices.waiting();
        List<String> aside = notices.putAside();
        return new Notices(waiting.size(), aside.size(), items(waiting, ""), items(aside, NoticeFolder.ASIDE + "/"));
    }

    private List<Item> items(List<String> names, String folder) throws IOException {
        List<Item> items = new ArrayList<>();
        for (String name : names.subList(0, Math.min(MAX, names.size()))) {
            try {
                Channel channel = Channel.of(name).orElseThrow();
                notices.peek(folder + name).ifPresent(notice -> items.add(item(channel, notice)));
            } catch (NoSuchFileException e) {
                // it was sent just now
            }
        }
        return items;
    }

    private static Item item(Channel channel, Notice notice) {
        String batch = notice.data().path("batch").asText("");
        return new Item(
                notice.id(),
                channel.label(),
                notice.type(),
                batch.isEmpty() ? null : batch,
                notice.timestamp(),
                notice.refusals(),
                notice.trouble());
    }
}
