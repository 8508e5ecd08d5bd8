package dev.slipway.frontend.mount;

import dev.slipway.executor.ByteSize;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.value.GoNumbers;
import dev.slipway.llb.Mount.Cache.Sharing;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.Suggestions;
import dev.slipway.parser.tree.Run;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The options of one {@code --mount}, after expansion. They are read in the order in which they are written, because some are
 * allowed only after the type.
 */
final class MountOptions {

    private static final List<String> KEYS = List.of(
            "type",
            "from",
            "source",
            "target",
            "readonly",
            "id",
            "sharing",
            "required",
            "size",
            "mode",
            "uid",
            "gid",
            "src",
            "dst",
            "destination",
            "ro",
            "rw",
            "readwrite",
            "env");

    private MountType type = MountType.BIND;
    private String from = "";
    private String source = "";
    private String target = "";
    private String id = "";
    private Optional<Boolean> readOnly = Optional.empty();
    private Optional<Sharing> sharing = Optional.empty();
    private Optional<String> variable = Optional.empty();
    private Optional<Integer> mode = Optional.empty();
    private Optional<Integer> uid = Optional.empty();
    private Optional<Integer> gid = Optional.empty();
    private boolean required;
    private long size;

    private MountOptions() {}

    /** The kinds of mounts. */
    enum MountType {
        BIND,
        CACHE,
        TMPFS,
        SECRET,
        SSH
    }

    /**
     * Reads the options.
     *
     * @param expander replaces variables in a value
     * @throws FrontendException if one is unknown or makes no sense
     */
    static MountOptions parse(Run.Mount mount, UnaryOperator<String> expander) {
        MountOptions options = new MountOptions();
        for (Run.Field field : mount.fields()) {
            if (field.value().isPresent()) {
                options.set(field, expander.apply(field.value().get()));
            } else {
                options.setFlag(field);
            }
        }
        options.check();
        return options;
    }

    private void setFlag(Run.Field field) {
        switch (field.key()) {
            case "readonly", "ro" -> readOnly = Optional.of(true);
            case "readwrite", "rw" -> readOnly = Optional.of(false);
            case "required" -> {
                requireSession(field.key());
                required = true;
            }
            default -> throw new FrontendException("invalid field '" + field.text() + "' must be a key=value pair");
        }
    }

    private void set(Run.Field field, String value) {
        String key = field.key();
        switch (key) {
            case "type" -> type = constant("mount type", value, MountType.values());
            case "from" -> from = value;
            case "source", "src" -> source = value;
            case "target", "dst", "destination" -> target = value;
            case "readonly", "ro" -> readOnly = Optional.of(bool(key, value));
            case "readwrite", "rw" -> readOnly = Optional.of(!bool(key, value));
            case "required" -> {
                requireSession(key);
                required = bool(key, value);
            }
            case "size" -> size = size(key, value);
            case "id" -> id = value;
            case "sharing" -> sharing = Optional.of(constant("sharing value", value, Sharing.values()));
            case "mode" -> mode = Optional.of(number(key, value, 8));
            case "uid" -> uid = Optional.of(number(key, value, 10));
            case "gid" -> gid = Optional.of(number(key, value, 10));
            case "env" -> variable = Optional.of(value);
            default ->
                throw new FrontendException(
                        "unexpected key '" + key + "' in '" + field.text() + "'", Suggestions.nearest(key, KEYS));
        }
    }

    /** The constant for a word in any letter case. */
    private static <E extends Enum<E>> E constant(String what, String value, E[] constants) {
        for (E constant : constants) {
            if (word(constant).equals(value.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        List<String> words = Stream.of(constants).map(MountOptions::word).toList();
        throw new FrontendException(
                "unsupported " + what + " " + GoText.quote(value), Suggestions.nearest(value, words));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static boolean bool(String key, String value) {
        return GoNumbers.parseBool(value)
                .orElseThrow(() -> new FrontendException("invalid value for " + key + ": " + value));
    }

    private static int number(String key, String value, int radix) {
        return GoNumbers.parseUint32(value, radix)
                .orElseThrow(() -> new FrontendException("invalid value " + value + " for " + key))
                .intValue();
    }

    private long size(String key, String value) {
        if (type != MountType.TMPFS) {
            throw unexpected(key);
        }
        try {
            return ByteSize.parse(value);
        } catch (IllegalArgumentException e) {
            throw new FrontendException("invalid value for " + key + ": " + value);
        }
    }

    /** Only mounts of the session can be optional. */
    private void requireSession(String key) {
        if (type != MountType.SECRET && type != MountType.SSH) {
            throw unexpected(key);
        }
    }

    private FrontendException unexpected(String key) {
        return new FrontendException("unexpected key '" + key + "' for mount type '" + word(type) + "'");
    }

    private void check() {
        if (type == MountType.BIND || type == MountType.TMPFS) {
            refuse("mode", mode);
            refuse("uid", uid);
            refuse("gid", gid);
        }
        if (type == MountType.SECRET) {
            checkSecret();
        }
        if (sharing.isPresent() && type != MountType.CACHE) {
            throw new FrontendException("invalid cache sharing set for " + word(type) + " mount");
        }
    }

    private void refuse(String key, Optional<Integer> value) {
        if (value.isPresent()) {
            throw new FrontendException(key + " not allowed for \"" + word(type) + "\" type mounts");
        }
    }

    private void checkSecret() {
        if (!from.isEmpty()) {
            throw new FrontendException("secret mount should not have a from");
        }
        if (sharing.isPresent()) {
            throw new FrontendException("secret mount should not define sharing");
        }
        if (source.isEmpty() && target.isEmpty() && id.isEmpty()) {
            throw new FrontendException("invalid secret mount. one of source, target required");
        }
        if (!source.isEmpty() && !id.isEmpty()) {
            throw new FrontendException("both source and id can't be set");
        }
    }

    MountType type() {
        return type;
    }

    /** The stage or image, or empty. */
    String from() {
        return from;
    }

    String source() {
        return source;
    }

    String target() {
        return target;
    }

    String id() {
        return id;
    }

    /** Caches and folders in memory are writable by default, all others read-only. */
    boolean readOnly() {
        return readOnly.orElse(type != MountType.CACHE && type != MountType.TMPFS);
    }

    Sharing sharing() {
        return sharing.orElse(Sharing.SHARED);
    }

    /** The environment variable that holds a secret. */
    Optional<String> variable() {
        return variable;
    }

    Optional<Integer> mode() {
        return mode;
    }

    Optional<Integer> uid() {
        return uid;
    }

    Optional<Integer> gid() {
        return gid;
    }

    /** Whether mode, owner or group are given. */
    boolean hasPermissions() {
        return mode.isPresent() || uid.isPresent() || gid.isPresent();
    }

    boolean required() {
        return required;
    }

    /** The limit of a folder in memory, 0 for none. */
    long size() {
        return size;
    }
}
