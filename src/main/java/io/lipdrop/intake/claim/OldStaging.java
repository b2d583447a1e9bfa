package io.lipdrop.intake.claim;

import com.fasterxml.jackson.databind.JsonNode;
import io.lipdrop.files.DurableFiles;
import io.lipdrop.home.Documents;
import io.lipdrop.home.Folders;
import io.lipdrop.home.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Migrates staging folders of a version that stored the user's manifest next to Lipdrop's records. The manifest is moved to
 * its current folder, so that a manifest called {@code batch.json} is not read as a record.
 */
final class OldStaging {
    private static final List<String> RECORDS = List.of(Folders.BATCH, "sources.json");

    private final Folders folders;

    OldStaging(Folders folders) {
        this.folders = folders;
    }

    /** The claim with current targets; files at old targets are moved there. */
    Claim carriedOver(Claim claim) throws IOException {
        Path staging = folders.staging(claim.batch());
        List<Claim.Move> moves = new ArrayList<>();
        Map<String, Path> places = new HashMap<>(claim.places());
        for (Claim.Move move : claim.moves()) {
            if (!staging.equals(move.target().getParent())) {
                moves.add(move);
                continue;
            }
            Path target = folders.manifest(claim.batch()).resolve(Names.fileName(move.target()));
            boolean isRecord = Names.fileName(move.target()).equals(Folders.CLAIM); // ours, as long as there is a claim
            if (!isRecord && Files.exists(move.target()) && !Files.exists(target)) {
                DurableFiles.move(move.target(), target);
            }
            moves.add(new Claim.Move(move.source(), target, move.shared(), move.stamp()));
            places.replaceAll((name, place) -> place.equals(move.target()) ? target : place);
        }
        return new Claim(
                claim.batch(), claim.manifestFile(), claim.manifest(), places, moves, claim.inboxStore(), claim.at());
    }

    /** Moves a manifest that has the name of a batch record away. */
    void freeRecordsOf(String batch) throws IOException {
        for (String name : RECORDS) {
            Path record = folders.staging(batch).resolve(name);
            if (Files.isRegularFile(record) && isManifest(record)) {
                DurableFiles.move(record, folders.manifest(batch).resolve(name));
            }
        }
    }

    private static boolean isManifest(Path file) {
        try {
            JsonNode document = Documents.read(file, JsonNode.class);
            return document != null && document.has("audio") && !document.has("jobs");
        } catch (IOException e) {
            return false;
        }
    }
}
