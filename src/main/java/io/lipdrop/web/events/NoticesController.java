package io.lipdrop.web.events;

import io.lipdrop.notices.NoticeList;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/notices}. */
@RestController
@ConditionalOnWebApplication
class NoticesController {
    private final NoticeList notices;

    NoticesController(NoticeList notices) {
        this.notices = notices;
    }

    @GetMapping(path = "/api/notices", produces = MediaType.APPLICATION_JSON_VALUE)
    NoticeList.Notices list() throws IOException {
        return notices.now();
    }
}
