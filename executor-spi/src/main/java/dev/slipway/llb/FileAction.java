package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One action of a {@link FileOp}.
 *
 * @param input what is changed: a position among the vertex's inputs, or that number of inputs plus the position of an
 *     earlier action whose result is changed further, or {@link Op#NONE} for an empty root
 * @param secondaryInput what is read, by the same counting
 * @param output position among the vertex's outputs, or {@link Op#NONE} for a step on the way
 * @param command what is done
 */
public record FileAction(int input, int secondaryInput, int output, Command command) {

    public FileAction {
        requireNonNull(command, "command is null");
    }

    /** A timestamp that stands for "the time of the source, or of the run". */
    public static final long NO_TIMESTAMP = -1;

    /** What an action does. */
    public sealed interface Command permits Copy, MakeFile, MakeDirectory, Remove, Symlink {}

    /**
     * Copies from the secondary input.
     *
     * @param source absolute path, with wildcards if {@code allowWildcard}
     * @param destination absolute path; one that ends in {@code /} is a folder
     * @param owner owner of everything that is written, or empty to keep the source's
     * @param mode permission bits, or -1 to keep the source's
     * @param modeText a symbolic mode such as {@code u+x,go=rX}, or empty
     * @param followSymlink whether a link at the end of the source path is followed
     * @param directoryContents whether a source folder's content is copied instead of the folder
     * @param attemptUnpack whether a source that is an archive is unpacked
     * @param createDestinationPath whether missing parents of the destination are made
     * @param allowWildcard whether {@code * ? [} in the source are wildcards
     * @param allowEmptyWildcard whether a wildcard may match nothing
     * @param timestamp nanoseconds since 1970, or {@link #NO_TIMESTAMP} to keep the source's
     * @param includePatterns what is taken, or empty for everything
     * @param excludePatterns what is left out
     * @param alwaysReplaceDestination whether something of another type at the destination is replaced
     * @param requiredPaths paths that have to exist in the source
     */
    public record Copy(
            String source,
            String destination,
            Optional<Owner> owner,
            int mode,
            String modeText,
            boolean followSymlink,
            boolean directoryContents,
            boolean attemptUnpack,
            boolean createDestinationPath,
            boolean allowWildcard,
            boolean allowEmptyWildcard,
            long timestamp,
            List<String> includePatterns,
            List<String> excludePatterns,
            boolean alwaysReplaceDestination,
            List<String> requiredPaths)
            implements Command {

        public Copy {
            requireNonNull(source, "source is null");
            requireNonNull(destination, "destination is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(modeText, "modeText is null");
            if (mode != -1) {
                requireMode(mode);
            }
            includePatterns = List.copyOf(requireNonNull(includePatterns, "includePatterns is null"));
            excludePatterns = List.copyOf(requireNonNull(excludePatterns, "excludePatterns is null"));
            requiredPaths = List.copyOf(requireNonNull(requiredPaths, "requiredPaths is null"));
        }
    }

    /**
     * Writes a file.
     *
     * @param path absolute path
     * @param mode permission bits
     * @param data its content
     * @param owner its owner, or empty for root
     * @param timestamp nanoseconds since 1970, or {@link #NO_TIMESTAMP}
     */
    public record MakeFile(String path, int mode, Bytes data, Optional<Owner> owner, long timestamp)
            implements Command {

        public MakeFile {
            requireNonNull(path, "path is null");
            requireNonNull(data, "data is null");
            requireNonNull(owner, "owner is null");
            requireMode(mode);
        }
    }

    /**
     * Makes a folder; one that exists is left as it is.
     *
     * @param path absolute path
     * @param mode permission bits
     * @param makeParents whether missing parents are made
     * @param owner owner of what is made, or empty for root
     * @param timestamp nanoseconds since 1970, or {@link #NO_TIMESTAMP}
     */
    public record MakeDirectory(String path, int mode, boolean makeParents, Optional<Owner> owner, long timestamp)
            implements Command {

        public MakeDirectory {
            requireNonNull(path, "path is null");
            requireNonNull(owner, "owner is null");
            requireMode(mode);
        }
    }

    /**
     * Removes a file or a folder with everything in it.
     *
     * @param path absolute path
     * @param allowNotFound whether a missing path is no error
     * @param allowWildcard whether {@code * ? [} in the path are wildcards
     */
    public record Remove(String path, boolean allowNotFound, boolean allowWildcard) implements Command {

        public Remove {
            requireNonNull(path, "path is null");
        }
    }

    /**
     * Makes a symbolic link.
     *
     * @param target what it points to, verbatim
     * @param path absolute path of the link
     * @param owner its owner, or empty for root
     * @param timestamp nanoseconds since 1970, or {@link #NO_TIMESTAMP}
     */
    public record Symlink(String target, String path, Optional<Owner> owner, long timestamp) implements Command {

        public Symlink {
            requireNonNull(target, "target is null");
            requireNonNull(path, "path is null");
            requireNonNull(owner, "owner is null");
        }
    }

    /**
     * Owner and group of files.
     *
     * @param user the user, or empty for the executor's default
     * @param group the group, or empty to take the user's
     */
    public record Owner(Optional<UserReference> user, Optional<UserReference> group) {

        public Owner {
            requireNonNull(user, "user is null");
            requireNonNull(group, "group is null");
        }
    }

    /** A user or group, by number or by name. */
    public sealed interface UserReference permits UserId, UserName {}

    /** By number. */
    public record UserId(int id) implements UserReference {}

    /**
     * By name.
     *
     * @param name looked up in {@code /etc/passwd} or {@code /etc/group} of the input
     * @param input position among the vertex's inputs, or {@link Op#NONE}
     */
    public record UserName(String name, int input) implements UserReference {

        public UserName {
            requireNonNull(name, "name is null");
        }
    }

    private static void requireMode(int mode) {
        if (mode < 0) {
            throw new IllegalArgumentException("mode is " + mode);
        }
    }
}
