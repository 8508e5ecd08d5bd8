package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.source.RepositorySource.Commit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Asks a remote what a reference stands for. Of a branch and a tag with the same name the branch counts, as in git. */
final class GitReferences {

    private GitReferences() {}

    /**
     * The commit that an address names now.
     *
     * @throws ExecutorException if there is none, or not the one that the build wants
     */
    static Commit resolve(GitProgram git, GitAddress address) throws IOException, InterruptedException {
        String reference = address.reference();
        if (GitAddress.isCommit(reference)) {
            return checked(new Commit(reference, reference, reference), address);
        }
        if (address.fetchByCommit()) {
            if (!GitAddress.isCommit(address.checksum())) {
                throw new ExecutorException(
                        "fetch-by-commit requires a checksum or a commit SHA ref; add checksum=COMMIT");
            }
            return new Commit(address.checksum(), address.checksum(), address.checksum());
        }
        if (reference.isEmpty()) {
            reference = defaultBranch(git, address);
        }
        Map<String, String> found = list(git.ask("ls-remote", "--", GitRemote.NAME, reference, reference + "^{}"));
        String tag = "refs/tags/" + withoutPrefix(reference, "refs/tags/");
        for (String name : new String[] {
            "refs/" + withoutPrefix(reference, "refs/"), "refs/heads/" + withoutPrefix(reference, "refs/heads/"), tag
        }) {
            String object = found.get(name);
            if (object != null) {
                String commit = name.equals(tag) ? found.getOrDefault(tag + "^{}", object) : object;
                return checked(new Commit(name, object, commit), address);
            }
        }
        throw new ExecutorException("repository " + address.display() + " does not contain ref " + reference
                + "; name a branch, a tag or a commit that it has");
    }

    /** Whether the address itself says which commit it is. */
    static boolean isNamed(GitAddress address) {
        return GitAddress.isCommit(address.reference())
                || address.fetchByCommit() && GitAddress.isCommit(address.checksum());
    }

    static Commit checked(Commit commit, GitAddress address) {
        String wanted = address.checksum();
        if (!commit.object().startsWith(wanted) && !commit.commit().startsWith(wanted)) {
            String found = commit.object().equals(commit.commit())
                    ? commit.commit()
                    : commit.object() + " or " + commit.commit();
            throw new ExecutorException("expected checksum to match " + wanted + ", got " + found
                    + "; if the reference was meant to move, give the new commit; otherwise do not trust it");
        }
        return commit;
    }

    private static String defaultBranch(GitProgram git, GitAddress address) throws IOException, InterruptedException {
        for (String line :
                git.ask("ls-remote", "--symref", "--", GitRemote.NAME, "HEAD").split("\n")) {
            if (line.startsWith("ref: ") && line.endsWith("\tHEAD")) {
                return line.substring("ref: ".length(), line.length() - "\tHEAD".length());
            }
        }
        throw new ExecutorException(
                "repository " + address.display() + " has no default branch; name one with #BRANCH");
    }

    private static Map<String, String> list(String output) {
        Map<String, String> objects = new HashMap<>();
        for (String line : output.split("\n")) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                objects.put(line.substring(tab + 1), line.substring(0, tab));
            }
        }
        return objects;
    }

    private static String withoutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }
}
