package dev.slipway.frontend.source;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.frontend.graph.GraphMarshaller;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.graph.SourceNode;
import dev.slipway.frontend.value.Url;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A file behind a URL. */
public final class HttpSource {

    /** The name of the file if it is a context. */
    public static final String CONTEXT_FILE = "context";

    private static final String UNNAMED = "__unnamed__";

    private HttpSource() {}

    /**
     * A folder with one file.
     *
     * @param url as written
     * @param fileName the name of the file
     * @param checksum the required checksum
     * @param metadata to which the capabilities are added
     */
    public static Root of(String url, String fileName, Optional<Digest> checksum, Metadata metadata) {
        Map<String, String> attributes = new TreeMap<>(Map.of("http.filename", fileName));
        checksum.ifPresent(digest -> {
            attributes.put("http.checksum", digest.toString());
            metadata.capability("source.http.checksum");
        });
        metadata.capability("source.http");
        return Root.of(new SourceNode(SourceOp.of(url, attributes), Optional.empty(), metadata.build()));
    }

    /** The definition of a folder with one file that only the client needs, such as a Dockerfile. */
    public static Definition definition(String url, String fileName) {
        Metadata metadata = Metadata.named("[internal] load " + url);
        return GraphMarshaller.marshal(of(url, fileName, Optional.empty(), metadata), Platform.host());
    }

    /** Whether a source of ADD is such a file. */
    public static boolean isUrl(String source) {
        return source.startsWith("http://") || source.startsWith("https://");
    }

    /** The name under which ADD stores the file: the last part of the URL's path, without its query. */
    public static String fileName(String url) {
        String name;
        try {
            name = SlashPath.base(Url.parse(url).path());
        } catch (IllegalArgumentException e) {
            return UNNAMED; // What such an address contains is known once it is fetched.
        }
        return name.equals(".") || name.equals("/") ? UNNAMED : name;
    }
}
