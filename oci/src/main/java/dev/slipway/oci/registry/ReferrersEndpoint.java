package dev.slipway.oci.registry;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /v2/NAME/referrers/DIGEST}. A registry without it has the same list under a tag made from the digest, and clients add
 * to it when they push (OCI distribution specification, "Listing Referrers" and "Referrers Tag Schema").
 */
final class ReferrersEndpoint {

    private static final int MAX_PAGES = 100;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>.*;\\s*rel=\"?next\"?.*");

    private final Connection connection;
    private final Scope scope;
    private final String what;

    /**
     * @param scope what may be done with the repository
     * @param what the image, for messages
     */
    ReferrersEndpoint(Connection connection, Scope scope, String what) {
        this.connection = connection;
        this.scope = scope;
        this.what = what;
    }

    /** All referrers of a manifest. */
    List<Referrer> list(Digest subject) throws IOException {
        List<Referrer> all = new ArrayList<>();
        URI page = connection.uri("referrers/" + subject);
        for (int i = 0; i < MAX_PAGES; i++) {
            HttpResponse<InputStream> response = get(page);
            if (i == 0 && !isList(response)) {
                response.body().close();
                return tagged(subject).list();
            }
            all.addAll(read(response).list());
            Matcher next = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
            if (!next.matches()) {
                return List.copyOf(all);
            }
            page = HttpSender.target(page, next.group(1));
        }
        throw new InvalidImageException(what + ": the registry lists more than " + MAX_PAGES + " pages of referrers");
    }

    /**
     * Adds a manifest to the list of a registry that does not maintain it. If two are added at the same moment, one may get
     * lost, as the specification admits.
     */
    void add(Descriptor descriptor, Manifest manifest) throws IOException {
        Digest subject = manifest.subject().orElseThrow().digest();
        String type = manifest.artifactType().isEmpty() ? manifest.config().mediaType() : manifest.artifactType();
        Referrer referrer = new Referrer(descriptor.withAnnotations(manifest.annotations()), type);
        ReferrerList before = tagged(subject);
        if (!before.has(referrer)) {
            byte[] document = before.with(referrer);
            new ManifestEndpoint(connection)
                    .put(tag(subject), Descriptor.of(MediaTypes.OCI_INDEX, document), document, scope, what);
        }
    }

    private static String tag(Digest subject) {
        return subject.algorithm() + "-" + subject.hex();
    }

    private ReferrerList tagged(Digest subject) throws IOException {
        HttpResponse<InputStream> response = get(connection.uri("manifests/" + tag(subject)));
        if (response.statusCode() == 404) {
            response.body().close();
            return ReferrerList.EMPTY;
        }
        return read(response);
    }

    private HttpResponse<InputStream> get(URI address) throws IOException {
        return connection.exchange(Call.of("GET", address).with("Accept", MediaTypes.OCI_INDEX), scope);
    }

    private static boolean isList(HttpResponse<?> response) {
        Optional<String> type = response.headers().firstValue("Content-Type");
        return response.statusCode() == 200
                && type.filter(text -> text.startsWith(MediaTypes.OCI_INDEX)).isPresent();
    }

    private ReferrerList read(HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() != 200) {
            throw connection.unexpected(what, response);
        }
        try (InputStream body = response.body()) {
            byte[] document = body.readNBytes(BlobSource.MAX_DOCUMENT_SIZE + 1);
            if (document.length > BlobSource.MAX_DOCUMENT_SIZE) {
                throw new InvalidImageException(
                        what + ": the list of referrers has more than " + BlobSource.MAX_DOCUMENT_SIZE + " bytes");
            }
            return ReferrerList.parse(document);
        }
    }
}
