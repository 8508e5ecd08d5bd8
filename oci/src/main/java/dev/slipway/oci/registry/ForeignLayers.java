package dev.slipway.oci.registry;

import dev.slipway.executor.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Layers that a registry may not hold, such as those of older base images for Windows, from the addresses that their
 * descriptors name. The author of an image chooses these addresses, so no credentials are sent there.
 */
final class ForeignLayers {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final HttpSender sender;

    ForeignLayers(HttpSender sender) {
        this.sender = sender;
    }

    /** Opens a layer at the first address that has it; empty if none has. */
    Optional<InputStream> open(Descriptor layer) throws IOException {
        for (String url : layer.urls()) {
            Optional<InputStream> found = open(url);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<InputStream> open(String url) throws IOException {
        try {
            URI address = URI.create(url);
            if (address.getHost() == null || !SCHEMES.contains(address.getScheme())) {
                return Optional.empty();
            }
            HttpResponse<InputStream> response = sender.send(Call.of("GET", address), Optional.empty());
            if (response.statusCode() == 200) {
                return Optional.of(response.body());
            }
            response.body().close();
            return Optional.empty();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            // The answer of the registry itself is reported.
            return Optional.empty();
        }
    }
}
