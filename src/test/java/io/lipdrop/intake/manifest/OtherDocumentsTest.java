package io.lipdrop.intake.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipdrop.files.GuardedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is passed over, and what is a manifest, right or wrong. */
class OtherDocumentsTest {
    @TempDir
    Path inbox;

    private OtherDocuments documents;

    @BeforeEach
    void prepare() {
        documents = new OtherDocuments(new GuardedFolder(inbox));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a.json         | {"job": "a-01", "batch": "a", "inputs": {}, "engine": "warp", "models": [], "later": 1}
            status.json    | {"batch": "a", "manifest": "a.yaml", "state": "done", "message": "", "jobs": []}
            was.json       | {"batch": "a", "manifest": "a.yaml", "state": "done", "message": "", "jobs": []}
            a.error.json   | {"code": "no-face", "message": "", "hint": "", "stage": "sync", "attempts": 0}
            a.error.json   | {"job": "a-01", "video": "film.mp4", "code": "no-face", "message": "", "hint": "", "stage": "sync"}
            status.json    | {"cpu": 3}
            a.info.json    | {"id": "1", "title": "a film", "ext": "mp4"}
            a.json         | {"id": "1", "extractor": "youtube", "webpage_url": "https://…"}
            package.json   | {"name": "a", "version": "1.0.0", "dependencies": {}}
            film.mp4.json  | {"title": "film.mp4", "description": ""}
            """)
    void isPassedOver(String name, String text) throws IOException {
        write("film.mp4", "film");
        assertThat(documents.isOther(write(name, text))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a.json        | {"audio": "a.wav", "video": "film.mp4"}
            a.json        | {"audios": "a.wav", "vidoes": ["film.mp4"]}
            a.json        | {"audio": "a.wav" "video": "film.mp4"}
            a.json        | {}
            a.json        | []
            a.json        | {"name": "x", "version": 1, "video": "film.mp4"}
            status.json   | {"audio": "a.wav", "video": "film.mp4"}
            a.error.json  | {"audio": "a.wav", "video": "film.mp4"}
            package.json  | {"audio": "a.wav", "videos": ["film.mp4"]}
            other.mp4.json| {"sound": "a.wav"}
            a.yaml        | job: 1
            """)
    void isAManifestRightOrWrong(String name, String text) throws IOException {
        write("film.mp4", "film");
        assertThat(documents.isOther(write(name, text))).isFalse();
    }

    @Test
    void isLookedAtAgainWhenItHasChanged() throws IOException {
        Path file =
                write("status.json", "{\"batch\": \"a\", \"manifest\": \"a.yaml\", \"state\": \"done\", \"jobs\": []}");
        assertThat(documents.isOther(file)).isTrue();
        assertThat(documents.isOurs(file)).isTrue();
        write("status.json", "{\"audio\": \"a.wav\", \"video\": \"film.mp4\"}");
        assertThat(documents.isOther(file)).isFalse();
        assertThat(documents.isOurs(file)).isFalse();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(inbox.resolve(name), text);
    }
}
