package io.lipdrop.notices;

import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.home.Folders;
import io.lipdrop.job.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a mail says, in English or Chinese; messages and hints as the reports have them. */
@Component
class MailText {
    private static final int MAX_JOBS = 200;

    private static final Map<JobState, Words> WORDS = Map.of(
            JobState.DONE, new Words("done", "完成"),
            JobState.FAILED, new Words("failed", "失败"),
            JobState.CANCELLED, new Words("cancelled", "已取消"));

    private final Folders folders;
    private final boolean isChinese;

    MailText(NoticeSettings settings, Folders folders) {
        this.folders = folders;
        this.isChinese = settings.language().equals("zh");
    }

    private record Words(String english, String chinese) {}

    String subject(Notice notice) {
        JsonNode data = notice.data();
        if (notice.type().equals(Notice.QUEUE_WAITING)) {
            return isChinese ? "Lipdrop：队列正在等待" : "Lipdrop: the queue is waiting";
        }
        return "Lipdrop: " + data.path("batch").asText() + ": " + counts(data);
    }

    String body(Notice notice) {
        JsonNode data = notice.data();
        return notice.type().equals(Notice.QUEUE_WAITING) ? waiting(data) : ended(data);
    }

    private String waiting(JsonNode data) {
        String reason = data.path("reason").asText(data.path("unreadable").asText());
        return isChinese
                ? "队列已等待一分钟以上，有 %d 个任务未开始。%n%n原因：%s%n"
                        .formatted(data.path("queued").asInt(), reason)
                : "The queue has been waiting for more than a minute, with %d jobs in it.%n%nReason: %s%n"
                        .formatted(data.path("queued").asInt(), reason);
    }

    private String ended(JsonNode data) {
        String batch = data.path("batch").asText();
        List<String> lines = new ArrayList<>();
        lines.add(
                isChinese
                        ? "批次 %s 已结束：%s。".formatted(batch, counts(data))
                        : "The batch %s has ended: %s.".formatted(batch, counts(data)));
        if (data.has("code")) {
            lines.add("");
            addReason(lines, data);
        }
        for (JobState state : List.of(JobState.FAILED, JobState.CANCELLED, JobState.DONE)) {
            addJobs(lines, data, state);
        }
        lines.add("");
        if (data.path("counts").has(JobState.DONE.label())) {
            lines.add((isChinese ? "结果：" : "Results: ") + folders.outbox().resolve(batch));
        }
        if (!data.path("state").asText().equals(JobState.DONE.label())) {
            lines.add((isChinese ? "报告：" : "Reports: ") + folders.error().resolve(batch));
        }
        return String.join("\n", lines) + "\n";
    }

    private void addJobs(List<String> lines, JsonNode data, JobState state) {
        int found = 0;
        for (JsonNode job : data.path("jobs")) {
            if (!job.path("state").asText().equals(state.label())) {
                continue;
            }
            if (++found == 1) {
                lines.add("");
                lines.add(word(state) + (isChinese ? "：" : ":"));
            }
            if (found <= MAX_JOBS) {
                lines.add("  " + job.path("result").asText(job.path("video").asText()));
                if (state == JobState.FAILED) {
                    addReason(lines, job);
                }
            }
        }
        if (found > MAX_JOBS) {
            lines.add((isChinese ? "  另有 %d 个" : "  and %d more").formatted(found - MAX_JOBS));
        }
    }

    private void addReason(List<String> lines, JsonNode failed) {
        lines.add("    %s: %s"
                .formatted(failed.path("code").asText(), failed.path("message").asText()));
        if (failed.has("hint")) {
            lines.add("    " + (isChinese ? "处理办法：" : "What to do: ")
                    + failed.path("hint").asText());
        }
    }

    private String counts(JsonNode data) {
        JsonNode counts = data.path("counts");
        if (counts.isEmpty()) {
            return word(JobState.valueOf(data.path("state").asText().toUpperCase(java.util.Locale.ROOT)));
        }
        List<String> parts = new ArrayList<>();
        for (JobState state : List.of(JobState.DONE, JobState.FAILED, JobState.CANCELLED)) {
            int count = counts.path(state.label()).asInt();
            if (count > 0) {
                parts.add(count + " " + word(state));
            }
        }
        return String.join(isChinese ? "，" : ", ", parts);
    }

    private String word(JobState state) {
        Words words = WORDS.get(state);
        return words == null ? state.label() : isChinese ? words.chinese : words.english;
    }
}
