package dev.slipway.frontend.convert;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.value.GitReference;

/** Refuses flags of COPY and ADD that do not fit their sources. */
final class TransferChecks {

    private TransferChecks() {}

    /** A checksum is for a single remote source. */
    static void checkChecksum(TransferRequest request) {
        if (request.remote().isEmpty() || request.remote().get().checksum().isEmpty()) {
            return;
        }
        if (request.files().sources().size() != 1) {
            throw new FrontendException("checksum can't be specified for multiple sources");
        }
        String source = request.files().sources().get(0);
        if (!HttpSource.isUrl(source) && !isGit(source)) {
            throw new FrontendException("checksum requires HTTP(S) or Git sources");
        }
    }

    private static boolean isGit(String source) {
        try {
            return GitReference.parse(source).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
