package dev.slipway.oci.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request of the protocol, without what authorises it.
 *
 * @param method of HTTP
 * @param uri where
 * @param headers further headers
 * @param body what is sent along
 */
record Call(String method, URI uri, SortedMap<String, String> headers, Optional<Body> body) {

    Call {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    static Call of(String method, URI uri) {
        return new Call(method, uri, Collections.emptySortedMap(), Optional.empty());
    }

    Call with(String header, String value) {
        SortedMap<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Call(method, uri, more, body);
    }

    Call with(Body content) {
        return new Call(method, uri, headers, Optional.of(content));
    }

    Call at(URI other) {
        return new Call(method, other, headers, body);
    }

    /** Whether it changes nothing, so that it can be followed to another place. */
    boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Whether it may move much data. */
    boolean isBulk() {
        return !method.equals("HEAD") && uri.getPath().contains("/blobs/");
    }

    /** Whether it can be made twice without harm: reading, and storing a whole manifest. What begins an upload can't. */
    boolean isRepeatable() {
        return isReading() || (method.equals("PUT") && uri.getPath().contains("/manifests/"));
    }

    /**
     * What is sent along.
     *
     * @param length in bytes
     * @param content opened anew each time it is sent
     */
    record Body(long length, Content content) {}

    /** Opens a content. */
    interface Content {
        InputStream open() throws IOException;
    }
}
