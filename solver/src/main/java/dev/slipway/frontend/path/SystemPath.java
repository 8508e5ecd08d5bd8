package dev.slipway.frontend.path;

import dev.slipway.executor.text.SlashPath;
import java.util.Locale;

/**
 * Paths as a Dockerfile's author writes them, for the system that the image is for. On Windows a drive letter is allowed if
 * it is that of the system drive, and both slashes separate; everywhere else a path is taken as it is.
 *
 * <p>Invalid paths cause an {@link IllegalArgumentException} with BuildKit's text.
 */
public final class SystemPath {

    private static final String WINDOWS = "windows";

    private SystemPath() {}

    /** Whether the path starts at the root of the image. */
    public static boolean isAbsolute(String path, String os) {
        try {
            return SlashPath.isAbsolute(withoutDrive(path, os, false));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * A path from the root of the image, with slashes. As in BuildKit, an absolute path is not cleaned and keeps its trailing
     * slash.
     *
     * @param parent the start of a relative path
     * @param path the path as written
     * @param keepSlash whether {@code /} or {@code /.} at the end is kept
     */
    public static String normalize(String parent, String path, String os, boolean keepSlash) {
        String written = toSlash(path, os);
        String start = strip(parent.isEmpty() ? "/" : toSlash(parent, os), os, keepSlash);
        if (!SlashPath.isAbsolute(start)) {
            start = SlashPath.join("/", start);
        }
        String normal = strip(written.isEmpty() ? start : written, os, keepSlash);
        if (!SlashPath.isAbsolute(normal)) {
            normal = SlashPath.join(start, normal);
        }
        return keepSlash ? withSlashOf(written, normal) : normal;
    }

    /** The working directory after {@code WORKDIR}, in the system's own slashes. */
    public static String workingDirectory(String current, String path, String os) {
        try {
            String normal = normalize(current, path, os, false);
            return isWindows(os) ? normal.replace('/', '\\') : normal;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "normalizing workdir: normalizing working directory: " + e.getMessage(), e);
        }
    }

    /** The destination of COPY and ADD: cleaned, relative to the working directory, a slash at its end kept. */
    public static String destination(String workingDirectory, String path, String os) {
        String plain = strip(path, os, true);
        String normal;
        if (isAbsolute(plain, os)) {
            normal = normalize("/", plain, os, true);
        } else {
            // The working directory itself is a folder, whether it exists or not.
            boolean itself = plain.isEmpty() || plain.equals(".");
            normal = normalize(workingDirectory, itself ? "./" : plain, os, true);
        }
        return withSlashOf(normal, SlashPath.clean(normal));
    }

    /** The path with slashes. */
    public static String toSlash(String path, String os) {
        return isWindows(os) ? path.replace('\\', '/') : path;
    }

    /** On Windows, the cleaned path without its drive letter; elsewhere the path as it is. */
    public static String withoutDrive(String path, String os, boolean keepSlash) {
        if (!isWindows(os)) {
            return path;
        }
        if (path.length() == 2 && path.charAt(1) == ':') {
            throw new IllegalArgumentException("No relative path specified in \"" + path + "\"");
        }
        String slashed = toSlash(path, os);
        if (slashed.startsWith("//")) {
            throw new IllegalArgumentException("UNC paths are not supported");
        }
        int colon = slashed.indexOf(':');
        if (colon >= 0 && !slashed.substring(0, colon).toLowerCase(Locale.ROOT).equals("c")) {
            throw new IllegalArgumentException("The specified path is not on the system drive (C:)");
        }
        String rest = slashed.substring(colon + 1);
        String clean = SlashPath.clean(rest);
        return keepSlash && clean.length() > 1 && rest.endsWith("/") ? clean + "/" : clean;
    }

    private static String strip(String path, String os, boolean keepSlash) {
        try {
            return withoutDrive(path, os, keepSlash);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("removing drive letter: " + e.getMessage(), e);
        }
    }

    private static String withSlashOf(String written, String normal) {
        if (written.endsWith("/")) {
            return normal.endsWith("/") ? normal : normal + "/";
        }
        if (written.endsWith("/.")) {
            return normal.equals("/") ? "/." : normal + "/.";
        }
        return normal;
    }

    private static boolean isWindows(String os) {
        return os.equals(WINDOWS);
    }
}
