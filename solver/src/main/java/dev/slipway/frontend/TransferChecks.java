package dev.slipway.frontend;

import dev.slipway.frontend.value.GitReference;
import java.util.Optional;

/** Tells apart what sources of COPY and ADD are, and refuses flags that do not fit them. */
final class TransferChecks {

    private TransferChecks() {}

    /**
     * The git repository that a source names.
     *
     * @throws IllegalArgumentException if it names one in a way that makes no sense
     */
    static Optional<GitReference> git(String source) {
        // Most sources are plain paths, which need no closer look.
        boolean possible = source.indexOf(':') >= 0 || source.startsWith("github.com/");
        return possible ? GitReference.parse(source) : Optional.empty();
    }

    static boolean isUrl(String source) {
        return source.startsWith("http://") || source.startsWith("https://");
    }

    /** A checksum says something of one remote source only. */
    static void checkChecksum(TransferRequest request) {
        if (request.remote().isEmpty() || request.remote().get().checksum().isEmpty()) {
            return;
        }
        if (request.files().sources().size() != 1) {
            throw new FrontendException("checksum can't be specified for multiple sources");
        }
        String source = request.files().sources().get(0);
        if (!isUrl(source) && !isGit(source)) {
            throw new FrontendException("checksum requires HTTP(S) or Git sources");
        }
    }

    private static boolean isGit(String source) {
        try {
            return git(source).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
