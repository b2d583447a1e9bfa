package io.lipdrop.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lipdrop.history.SearchText;
import io.lipdrop.library.Library;
import io.lipdrop.library.LibraryFile;
import io.lipdrop.web.problem.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a manifest can name with {@code library/…}. */
@RestController
@ConditionalOnWebApplication
class LibraryController {
    private static final String NAME = "library";

    private final Library library;

    LibraryController(Library library) {
        this.library = library;
    }

    /** A page of the files, sorted by name. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<LibraryFile> files, @Nullable String next) {
        Page {
            files = List.copyOf(files);
        }
    }

    @GetMapping(path = "/api/library", produces = MediaType.APPLICATION_JSON_VALUE)
    Page list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor)
            throws IOException {
        int most = Parameters.limit(limit);
        String query = SearchText.query(q);
        LibraryFile.Kind wanted = kind(kind);
        Cursor from = Cursor.read(cursor, NAME, 1);
        List<LibraryFile> found = library.files().stream()
                .filter(file -> from == null || file.name().compareTo(from.part(0)) > 0)
                .filter(file -> wanted == null || file.kind() == wanted)
                .filter(file -> query == null || SearchText.fold(file.name()).contains(query))
                .limit(most + 1L)
                .toList();
        if (found.size() <= most) {
            return new Page(found, null);
        }
        String next = Cursor.of(NAME, found.get(most - 1).name()).text();
        return new Page(found.subList(0, most), next);
    }

    private static LibraryFile.@Nullable Kind kind(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        return Arrays.stream(LibraryFile.Kind.values())
                .filter(kind -> kind.label().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest(
                        "There is no kind '%s'.".formatted(text),
                        "Kinds are "
                                + Arrays.stream(LibraryFile.Kind.values())
                                        .map(LibraryFile.Kind::label)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
