package dev.slipway.executor.pattern;

import java.util.ArrayDeque;
import java.util.Deque;

/** The shortest spelling of a slash-separated path: no empty or {@code .} parts, {@code ..} resolved as far as it goes. */
final class CleanPath {

    private CleanPath() {}

    static String of(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty() && !parts.getLast().equals("..")) {
                    parts.removeLast();
                } else if (!absolute) {
                    parts.addLast(part);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
