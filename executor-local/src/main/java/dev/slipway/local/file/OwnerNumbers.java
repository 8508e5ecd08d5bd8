package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserId;
import dev.slipway.llb.FileAction.UserName;
import dev.slipway.llb.FileAction.UserReference;
import dev.slipway.llb.Op;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.ContentReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Finds the numbers of owners. A name is looked up in the user and group files of the input that the action names; one that is
 * not there stands for root, as in BuildKit. A user given by number is taken for the group too, one given by name brings its
 * own.
 */
final class OwnerNumbers {

    private static final int MAX_FILE = 10 << 20;
    private static final int PASSWD_GID = 3;
    private static final int ID = 2;

    private final List<Directory> inputs;
    private final ContentReader contents;

    OwnerNumbers(List<Directory> inputs, ContentReader contents) {
        this.inputs = inputs;
        this.contents = contents;
    }

    /** The numbers of an owner, or empty if none is given. */
    Optional<OwnerIds> resolve(Optional<Owner> owner) throws IOException, InterruptedException {
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        OwnerIds user = OwnerIds.ROOT;
        UserReference byUser = owner.get().user().orElse(null);
        if (byUser instanceof UserId number) {
            user = new OwnerIds(Integer.toUnsignedLong(number.id()), Integer.toUnsignedLong(number.id()));
        } else if (byUser instanceof UserName name) {
            user = find("/etc/passwd", "user", name)
                    .map(fields -> new OwnerIds(number(fields, ID), number(fields, PASSWD_GID)))
                    .orElse(user);
        }
        UserReference byGroup = owner.get().group().orElse(null);
        if (byGroup instanceof UserId number) {
            return Optional.of(new OwnerIds(user.uid(), Integer.toUnsignedLong(number.id())));
        }
        if (byGroup instanceof UserName name) {
            Optional<String[]> found = find("/etc/group", "group", name);
            long gid = found.map(fields -> number(fields, ID)).orElse(user.gid());
            return Optional.of(new OwnerIds(user.uid(), gid));
        }
        return Optional.of(user);
    }

    private Optional<String[]> find(String file, String kind, UserName wanted)
            throws IOException, InterruptedException {
        if (wanted.input() == Op.NONE) {
            throw new ExecutorException("the " + kind + " " + wanted.name() + " cannot be looked up: there is no "
                    + file + " in an empty root, where this step begins; give a number instead of the name");
        }
        Optional<RegularFile> users = open(inputs.get(wanted.input()), file);
        if (users.isEmpty()) {
            return Optional.empty();
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(contents.open(users.get().content()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.strip().split(":", -1);
                if (fields[0].equals(wanted.name())) {
                    return Optional.of(fields);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<RegularFile> open(Directory root, String path) {
        Place place;
        try {
            place = PathResolver.resolve(root, path);
        } catch (ExecutorException e) {
            // A file where a folder should be: then nobody is listed.
            return Optional.empty();
        }
        if (place.node().isEmpty()) {
            return Optional.empty();
        }
        if (!(place.node().get() instanceof RegularFile file)) {
            throw new ExecutorException(path + " is not a regular file; give the owner as a number instead of a name");
        }
        if (file.content().size() > MAX_FILE) {
            throw new ExecutorException(
                    "\"" + path + "\" exceeds " + MAX_FILE + " bytes; give the owner as a number instead of a name");
        }
        return Optional.of(file);
    }

    /** A number that cannot be read is 0, as in BuildKit. */
    private static long number(String[] fields, int position) {
        try {
            return position < fields.length ? Integer.toUnsignedLong(Integer.parseUnsignedInt(fields[position])) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
