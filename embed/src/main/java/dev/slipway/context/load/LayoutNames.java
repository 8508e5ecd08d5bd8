package dev.slipway.context.load;

import dev.slipway.llb.Digest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names by which a build knows OCI layouts. They stand in image references, where not every name of a context can stand: one
 * that is a reference itself, say, with a tag or a digest.
 */
final class LayoutNames {

    private static final Pattern PART = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*+");
    private static final Pattern REPOSITORY = Pattern.compile(PART + "(?:/" + PART + ")*+");

    /** A repository may not be called like an image id. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private static final int MAX_LENGTH = 200;
    private static final int HASH_LENGTH = 12;

    private LayoutNames() {}

    /** The name for the layout of a context: like the context's where it can be, and none that is taken. */
    static String of(String context, Set<String> taken) {
        String hash = Digest.sha256(context).hex().substring(0, HASH_LENGTH);
        String name = context.toLowerCase(Locale.ROOT).replace(':', '-').replace('@', '-');
        if (name.length() > MAX_LENGTH
                || !REPOSITORY.matcher(name).matches()
                || ID.matcher(name).matches()) {
            name = "layout-" + hash;
        }
        return taken.contains(name) ? name + "-" + hash : name;
    }
}
