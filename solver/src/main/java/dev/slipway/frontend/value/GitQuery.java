package dev.slipway.frontend.value;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.parser.text.GoText;
import java.util.List;
import java.util.Optional;

/** What the fragment and the query of a git address say about the ref and how it is fetched. */
final class GitQuery {

    private final Url url;
    private String ref;
    private String subdirectory;
    private String tag = "";
    private String branch = "";
    private String checksum = "";
    private Optional<Boolean> keepGitDirectory = Optional.empty();
    private Optional<Boolean> submodules = Optional.empty();
    private String fileTime = "";
    private boolean fetchByCommit;

    GitQuery(Url url) {
        this.url = url;
        int colon = url.fragment().indexOf(':');
        ref = colon < 0 ? url.fragment() : url.fragment().substring(0, colon);
        subdirectory = colon < 0
                ? ""
                : SlashPath.clean("/" + url.fragment().substring(colon + 1)).substring(1);
    }

    GitReference apply(boolean looksLocal) {
        url.query().forEach(this::option);
        if (!tag.isEmpty()) {
            ref = agreeing("ref", ref, tag.startsWith("refs/tags/") ? tag : "refs/tags/" + tag);
        }
        if (!branch.isEmpty()) {
            if (!tag.isEmpty()) {
                throw new IllegalArgumentException("branch conflicts with tag");
            }
            ref = agreeing("ref", ref, branch.startsWith("refs/heads/") ? branch : "refs/heads/" + branch);
        }
        String address = url.address();
        return new GitReference(
                looksLocal ? address.substring(address.indexOf("://") + 3) : address,
                url.scheme(),
                url.host(),
                url.path(),
                ref,
                checksum,
                subdirectory,
                looksLocal,
                keepGitDirectory,
                submodules,
                fileTime,
                fetchByCommit);
    }

    private void option(String key, List<String> values) {
        if (values.size() > 1) {
            throw new IllegalArgumentException("query " + GoText.quote(key) + " has multiple values");
        }
        String value = values.get(0);
        switch (key) {
            case "submodules" -> submodules = Optional.of(flag(key, value));
            case "keep-git-dir" -> keepGitDirectory = Optional.of(flag(key, value));
            case "fetch-by-commit" -> fetchByCommit = flag(key, value);
            default -> text(key, value);
        }
    }

    private void text(String key, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("query " + GoText.quote(key) + " has no value");
        }
        switch (key) {
            case "ref" -> ref = agreeing("ref", ref, value);
            case "tag" -> tag = value;
            case "branch" -> branch = value;
            case "subdir" -> subdirectory = agreeing("subdir", subdirectory, value);
            case "checksum", "commit" -> checksum = value;
            case "mtime" -> {
                if (!value.equals("checkout") && !value.equals("commit")) {
                    throw new IllegalArgumentException(
                            "invalid mtime value: " + GoText.quote(value) + " (must be \"checkout\" or \"commit\")");
                }
                fileTime = value;
            }
            default -> throw new IllegalArgumentException("unexpected query " + GoText.quote(key));
        }
    }

    /** A flag; the key alone switches it on. */
    private static boolean flag(String key, String value) {
        return value.isEmpty()
                || GoNumbers.parseBool(value)
                        .orElseThrow(() ->
                                new IllegalArgumentException("invalid " + key + " value: " + GoText.quote(value)));
    }

    private static String agreeing(String what, String earlier, String later) {
        if (!earlier.isEmpty() && !earlier.equals(later)) {
            throw new IllegalArgumentException(
                    what + " conflicts: " + GoText.quote(earlier) + " vs " + GoText.quote(later));
        }
        return later;
    }
}
