package dev.slipway.local.store.folder;

import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may own the folders that lead to the store, or write to them, besides this user and root.
 *
 * @param users their names or numbers
 * @param groups names or numbers of groups whose members may write
 * @param all whether everybody is trusted, as where nobody else is on the machine
 */
public record TrustedOwners(Set<String> users, Set<String> groups, boolean all) {

    /** The option of the executor that says so. */
    public static final String OPTION = "store.trusted-owners";

    /** The environment variable that says so. */
    static final String VARIABLE = "SLIPWAY_STORE_TRUSTED_OWNERS";

    /** Nobody but this user and root. */
    public static final TrustedOwners NONE = new TrustedOwners(Set.of(), Set.of(), false);

    /** Everybody. */
    public static final TrustedOwners ALL = new TrustedOwners(Set.of(), Set.of(), true);

    private static final String EVERYBODY = "all";

    public TrustedOwners {
        users = Set.copyOf(users);
        groups = Set.copyOf(groups);
    }

    /** Reads names or numbers of users, and of groups behind a colon, or {@code all}, with commas between them. */
    public static TrustedOwners parse(String text) {
        List<String> words = Stream.of(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        return new TrustedOwners(
                words.stream().filter(word -> !word.startsWith(":")).collect(Collectors.toSet()),
                words.stream()
                        .filter(word -> word.startsWith(":"))
                        .map(word -> word.substring(1))
                        .collect(Collectors.toSet()),
                words.contains(EVERYBODY));
    }

    boolean haveUser(Path file, FileStatus status) throws IOException {
        return all
                || users.contains(Long.toString(status.uid()))
                || !users.isEmpty()
                        && users.contains(
                                Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName());
    }

    boolean haveGroup(Path file, FileStatus status) throws IOException {
        return all
                || groups.contains(Long.toString(status.gid()))
                || !groups.isEmpty() && groups.contains(groupName(file));
    }

    static String groupName(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .group()
                .getName();
    }
}
