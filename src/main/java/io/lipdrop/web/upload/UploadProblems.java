package io.lipdrop.web.upload;

import io.lipdrop.uploads.UploadRefused;
import io.lipdrop.web.problem.Problem;
import org.springframework.http.HttpStatus;

/** What a refused upload is in HTTP. */
final class UploadProblems {
    private UploadProblems() {}

    static Problem of(UploadRefused refused) {
        String why = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case UNKNOWN ->
                new Problem(
                        HttpStatus.NOT_FOUND,
                        "not-found",
                        why,
                        "It may have expired. Begin a new one with POST /api/uploads.");
            case USED ->
                Problem.conflict("upload-used", why, "Upload the file again, or put it into library/ to use it often.");
            case UNFINISHED ->
                Problem.conflict("upload-unfinished", why, "Send the rest with PATCH; HEAD says where it goes on.");
            case WRONG_OFFSET ->
                Problem.conflict("upload-offset", why, "Ask with HEAD where to go on, and send from there.");
            case BUSY ->
                new Problem(
                        HttpStatus.LOCKED,
                        "upload-busy",
                        why,
                        "Wait a second, ask with HEAD where to go on, and send from there.");
            case TOO_LARGE ->
                new Problem(
                        HttpStatus.PAYLOAD_TOO_LARGE,
                        "upload-too-large",
                        why,
                        "Upload a smaller file, or raise lipdrop.uploads.max-size.");
            case NO_ROOM ->
                new Problem(
                        HttpStatus.INSUFFICIENT_STORAGE,
                        "disk-full",
                        why,
                        "Free disk space for work/, or delete uploads that nobody needs; then go on.");
            case TOO_MANY ->
                new Problem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-uploads",
                        why,
                        "Delete uploads that nobody needs, or wait until they expire (lipdrop.uploads.keep).");
            case BAD_METADATA ->
                Problem.badRequest(
                        why, "Write it as tus 1.0.0 has it: key, space, value in Base64; commas between pairs.");
        };
    }
}
