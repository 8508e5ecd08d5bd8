package dev.slipway.frontend.source;

import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Output;
import dev.slipway.frontend.graph.SourceNode;
import dev.slipway.frontend.path.SlashPath;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceOp;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A file behind a URL. */
public final class HttpSource {

    /** The name of the file where a context is one. */
    public static final String CONTEXT_FILE = "context";

    private static final String UNNAMED = "__unnamed__";

    private HttpSource() {}

    /**
     * A folder with one file.
     *
     * @param url as written
     * @param fileName the name of the file
     * @param checksum what the content must have
     * @param metadata to which the capabilities are added
     */
    public static Output of(String url, String fileName, Optional<Digest> checksum, Metadata metadata) {
        Map<String, String> attributes = new TreeMap<>(Map.of("http.filename", fileName));
        checksum.ifPresent(digest -> {
            attributes.put("http.checksum", digest.toString());
            metadata.capability("source.http.checksum");
        });
        metadata.capability("source.http");
        return Output.of(new SourceNode(SourceOp.of(url, attributes), Optional.empty(), metadata.build()));
    }

    /** The name under which ADD stores the file: the last part of the URL's path, its percent signs decoded. */
    public static String fileName(String url) {
        String path = path(url);
        String name = path == null ? "." : SlashPath.base(path);
        return name.equals(".") || name.equals("/") ? UNNAMED : name;
    }

    /** The decoded path of a URL; null if it cannot be decoded. */
    private static String path(String url) {
        int end = cut(url, '#', url.length());
        end = cut(url, '?', end);
        int host = url.indexOf("://") + 3;
        int start = url.indexOf('/', host);
        return start < 0 || start >= end ? "" : decoded(url.substring(start, end));
    }

    private static int cut(String url, char separator, int end) {
        int at = url.indexOf(separator);
        return at < 0 ? end : Math.min(at, end);
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte value = bytes[i];
            if (value == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
                if (low < 0) {
                    return null;
                }
                value = (byte) (high << 4 | low);
                i += 2;
            }
            bytes[length++] = value;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
