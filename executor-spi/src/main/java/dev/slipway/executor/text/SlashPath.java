package dev.slipway.executor.text;

/** Slash-separated paths by the rules of Go's {@code path} package, on which the digests of a build depend. */
public final class SlashPath {

    private SlashPath() {}

    /** Whether this path is absolute. */
    public static boolean isAbsolute(String path) {
        return path.startsWith("/");
    }

    /**
     * The shortest equivalent path: without double slashes, {@code .}, a slash at the end, and {@code ..} after a
     * name or the root. The empty path is {@code .}.
     */
    public static String clean(String path) {
        if (isClean(path)) {
            return path;
        }
        boolean rooted = isAbsolute(path);
        StringBuilder out = new StringBuilder(path.length());
        if (rooted) {
            out.append('/');
        }
        int fixed = out.length(); // what a ".." cannot take away
        int at = 0;
        while (at < path.length()) {
            int end = path.indexOf('/', at);
            end = end < 0 ? path.length() : end;
            int length = end - at;
            if (length == 2 && path.startsWith("..", at)) {
                if (out.length() > fixed) {
                    out.setLength(Math.max(fixed, out.lastIndexOf("/")));
                } else if (!rooted) {
                    appendElement(out, "..");
                    fixed = out.length();
                }
            } else if (length > 0 && !(length == 1 && path.charAt(at) == '.')) {
                appendElement(out, path.substring(at, end));
            }
            at = end + 1;
        }
        return out.isEmpty() ? "." : out.toString();
    }

    /** Joins and cleans both paths. Empty ones are skipped; two empty ones give an empty path. */
    public static String join(String parent, String child) {
        if (parent.isEmpty()) {
            return child.isEmpty() ? "" : clean(child);
        }
        return child.isEmpty() ? clean(parent) : clean(parent + "/" + child);
    }

    /** The last name of a path; {@code .} for the empty one and {@code /} for the root. */
    public static String base(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    private static void appendElement(StringBuilder out, String name) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '/') {
            out.append('/');
        }
        out.append(name);
    }

    /** Most paths are clean; this saves copying them. */
    private static boolean isClean(String path) {
        if (path.isEmpty() || path.length() > 1 && path.endsWith("/")) {
            return path.equals("/");
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean atStart = i == 0 || path.charAt(i - 1) == '/';
            if (atStart && (c == '.' || c == '/' && i > 0)) {
                return false;
            }
        }
        return true;
    }
}
