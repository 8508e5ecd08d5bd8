package dev.slipway.oci.registry;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.InvalidImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads images from registries and writes them there. One client serves any number of threads; it remembers tokens, so one
 * should be kept.
 */
public final class RegistryClient {

    private final RegistrySettings settings;
    private final Backoff backoff;
    private final HttpSender sender = new HttpSender();
    private final Map<Path, HttpSender> senders = new ConcurrentHashMap<>();
    private final Authorizer authorizer;
    private final UnverifiedHosts unverified;

    public RegistryClient(RegistrySettings settings) {
        this(settings, Backoff.SECONDS);
    }

    RegistryClient(RegistrySettings settings, Backoff backoff) {
        this(settings, backoff, Set.of());
    }

    private RegistryClient(RegistrySettings settings, Backoff backoff, Set<String> unverified) {
        this.settings = settings;
        this.unverified = new UnverifiedHosts(unverified);
        this.backoff = backoff;
        this.authorizer = new Authorizer(settings.credentials());
    }

    /**
     * A client with the same settings that reads from some registries and pushes to them whoever they are: it checks none of their
     * certificates, and uses HTTP where they do not speak HTTPS.
     *
     * @param hosts of these registries, as references name them
     */
    public RegistryClient withoutVerifying(Set<String> hosts) {
        return new RegistryClient(settings, backoff, hosts);
    }

    /**
     * Asks what a reference stands for: a manifest, or an index of several platforms. That is one small request, as a rule.
     *
     * @param reference one without tag and digest means {@code latest}; of one with both, the digest counts
     * @throws RegistryException if there is no such image, or if it cannot be had
     */
    public Descriptor resolve(ImageReference reference) throws IOException {
        ImageReference full = reference.withDefaultTag();
        String tag =
                full.digest().map(Object::toString).orElseGet(() -> full.tag().orElseThrow());
        Descriptor descriptor = Connections.firstOf(
                readers(full),
                full.toString(),
                connection -> new ManifestEndpoint(connection).resolve(tag, full.toString()));
        if (full.digest().isPresent() && !full.digest().get().equals(descriptor.digest())) {
            throw new InvalidImageException(
                    full + ": the registry answers with another digest, " + descriptor.digest());
        }
        return descriptor;
    }

    /**
     * The blobs of the repository of a reference. Close the streams it opens. A broken connection is taken up again where it
     * broke.
     */
    public BlobSource blobs(ImageReference reference) {
        ForeignLayers foreign = new ForeignLayers(sender);
        return blob -> new RegistryBlobs(readers(reference), reference.name(), foreign).open(blob);
    }

    /**
     * What the registry has that says something about a manifest, such as signatures.
     *
     * @param subject a reference with the digest of the manifest
     * @throws RegistryException if it cannot be had
     */
    public List<Referrer> referrers(ImageReference subject) throws IOException {
        Digest digest = subject.digest().orElseThrow(() -> new IllegalArgumentException(subject + " has no digest"));
        String what = subject.toString();
        return Connections.firstOf(
                readers(subject),
                what,
                connection -> new ReferrersEndpoint(connection, Scope.pull(subject.path()), what).list(digest));
    }

    /**
     * Writes an image: what the registry has already is not sent. Nobody can find it by its tag before all of it is there.
     *
     * @param monitor hears how far each blob is
     * @throws RegistryException if the registry does not take it
     */
    public void push(Push push, StepMonitor monitor) throws IOException {
        if (!has(push)) {
            store(push, monitor);
            tag(push);
        }
    }

    /**
     * Whether the registry itself, and none of its mirrors, gives this very image for the reference.
     *
     * @throws RegistryException if the registry cannot be asked
     */
    public boolean has(Push push) throws IOException {
        return pusher(push, StepMonitor.NONE).isThere();
    }

    /**
     * Stores an image under its digest, whatever the tag of its reference: what the registry has already is not sent.
     *
     * @param monitor hears how far each blob is
     * @throws RegistryException if the registry does not take it
     */
    public void store(Push push, StepMonitor monitor) throws IOException {
        pusher(push, monitor).store();
    }

    /**
     * Gives an image that {@link #store} has stored the tag of its reference, if that has one.
     *
     * @throws RegistryException if the registry does not take it
     */
    public void tag(Push push) throws IOException {
        pusher(push, StepMonitor.NONE).tag();
    }

    private Pusher pusher(Push push, StepMonitor monitor) throws IOException {
        RegistryHost host = unverified.find(RegistryHost.of(push.target().domain(), settings));
        return new Pusher(connection(host, push.target()), push, monitor);
    }

    private List<Connection> readers(ImageReference reference) throws IOException {
        List<Connection> readers = new ArrayList<>();
        for (RegistryHost host : RegistryHost.forReading(reference.domain(), settings)) {
            readers.add(connection(unverified.find(host), reference));
        }
        return readers;
    }

    private Connection connection(RegistryHost host, ImageReference reference) {
        return new Connection(host, reference.path(), sender(host), authorizer, backoff);
    }

    /** What reaches a host: one for all of those that have no certificates of their own. */
    private HttpSender sender(RegistryHost host) {
        if (unverified.contains(host)) {
            return unverified.sender();
        }
        return CertificateFolders.find(settings.certificates(), host)
                .map(folder -> senders.computeIfAbsent(
                        folder, own -> new HttpSender(Optional.of(new Certificates(own)::context))))
                .orElse(sender);
    }
}
