package dev.slipway.local.source;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.source.HttpDownloads.Download;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files behind URLs, and files that the client uploads. What was downloaded once is asked for again, not downloaded again, as
 * long as the server says that it is the same; if the build says which digest it wants, not even that.
 */
public final class DownloadSource implements Source {

    private static final int DEFAULT_MODE = 0600;

    private final Store store;
    private final HttpDownloads downloads;
    private final BuildSession session;
    private final Map<Digest, Download> done = new ConcurrentHashMap<>();

    public DownloadSource(Store store, HttpDownloads downloads, BuildSession session) {
        this.store = store;
        this.downloads = downloads;
        this.session = session;
    }

    @Override
    public Digest key(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        SourceOp op = (SourceOp) vertex.op();
        String content = op.attributes().get("http.checksum");
        if (content == null) {
            Download download = download(vertex, monitor);
            content = download.content().digest() + "\n"
                    + download.modified().map(Instant::toString).orElse("");
        }
        return Digest.sha256(String.join(
                "\n",
                "slipway http",
                fileName(op),
                Integer.toOctalString(mode(op)),
                Long.toString(number(op, "http.uid")),
                Long.toString(number(op, "http.gid")),
                content));
    }

    @Override
    public List<String> sharedKeys(Vertex vertex) throws IOException, InterruptedException {
        SourceOp op = (SourceOp) vertex.op();
        Download download = download(vertex, StepMonitor.NONE);
        boolean named = op.attributes().containsKey("http.checksum");
        int mode = op.attributes().containsKey("http.perm") ? mode(op) : 0;
        return List.of(SharedKeys.ofDownload(
                op,
                fileName(op),
                mode,
                number(op, "http.uid"),
                number(op, "http.gid"),
                download.content().digest(),
                named ? Optional.empty() : download.modified()));
    }

    @Override
    public Result run(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        SourceOp op = (SourceOp) vertex.op();
        Download download = download(vertex, monitor);
        Attributes attributes = new Attributes(
                mode(op),
                number(op, "http.uid"),
                number(op, "http.gid"),
                download.modified().orElse(Instant.EPOCH),
                Collections.emptySortedMap());
        RegularFile file = new RegularFile(attributes, download.content());
        Directory root = Directory.of(Attributes.DEFAULT_FOLDER, new TreeMap<>(Map.of(fileName(op), file)));
        return store.roots().save(new Snapshot(List.of(store.layers().add(root))));
    }

    private Download download(Vertex vertex, StepMonitor monitor) throws IOException, InterruptedException {
        Download known = done.get(vertex.digest());
        if (known == null) {
            SourceOp op = (SourceOp) vertex.op();
            Optional<Digest> wanted = wanted(op);
            known = get(op, wanted, monitor);
            if (wanted.isPresent() && !known.content().digest().equals(wanted.get())) {
                throw new ExecutorException("digest mismatch for " + op.identifier() + ": "
                        + known.content().digest() + " (expected: " + wanted.get()
                        + "); if the file was meant to change, give its new checksum; otherwise do not trust it");
            }
            done.put(vertex.digest(), known);
        }
        return known;
    }

    /** The digest that the build wants, or that the client knows the file by. */
    private Optional<Digest> wanted(SourceOp op) {
        return Optional.ofNullable(op.attributes().get("http.checksum"))
                .or(() -> session.access().pin(op.identifier()))
                .map(DownloadSource::digest);
    }

    @Override
    public Optional<String> pin(Vertex vertex) throws IOException, InterruptedException {
        return Optional.of(download(vertex, StepMonitor.NONE).content().digest().toString());
    }

    @Override
    public Optional<String> missing(Vertex vertex) throws IOException, InterruptedException {
        SourceOp op = (SourceOp) vertex.op();
        if (op.identifier().startsWith(BuildSession.UPLOADS)
                || downloads.kept(op.identifier(), wanted(op), headers(op)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                downloads.kept(op.identifier(), Optional.empty(), headers(op)).isPresent()
                        ? "what the store has of it is something else"
                        : "it is not in the store");
    }

    private Download get(SourceOp op, Optional<Digest> wanted, StepMonitor monitor)
            throws IOException, InterruptedException {
        String url = op.identifier();
        if (!url.startsWith(BuildSession.UPLOADS)) {
            if (session.access().isOffline()) {
                return downloads
                        .kept(url, wanted, headers(op))
                        .orElseThrow(() -> new ExecutorException(
                                url + " is not in the store, and nobody may be asked; build once without --offline"));
            }
            return downloads.get(url, wanted, headers(op), monitor);
        }
        Path file = Optional.ofNullable(session.uploads().get(url.substring(BuildSession.UPLOADS.length())))
                .orElseThrow(() -> new ExecutorException("the client of this build does not offer " + url));
        return downloads.upload(url, file);
    }

    /** The server's word counts more than what is in an archive, as in BuildKit. */
    @Override
    public Optional<Instant> time(Vertex vertex) throws IOException, InterruptedException {
        Download download = download(vertex, StepMonitor.NONE);
        return download.modified().isPresent() ? download.modified() : newestFile(download.content());
    }

    /** The time of the newest regular file of an archive; nothing if this is none. */
    private Optional<Instant> newestFile(Content content) throws IOException, InterruptedException {
        Optional<Instant> newest = Optional.empty();
        try (ContentReader contents = store.contents().reader();
                LayerReader archive = LayerReader.ofArchive(contents.open(content), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> next = archive.next(); next.isPresent(); next = archive.next()) {
                Instant time = next.get().modified();
                if (next.get().type() == EntryType.FILE
                        && newest.filter(time::isBefore).isEmpty()) {
                    newest = Optional.of(time);
                }
            }
            return newest;
        } catch (InvalidImageException e) {
            return Optional.empty();
        }
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ExecutorException("invalid checksum " + text + "; write sha256: and 64 hexadecimal digits", e);
        }
    }

    /** Headers that the build gives; those with secrets go to the host of the URL alone. */
    private HttpDownloads.Headers headers(SourceOp op) {
        TreeMap<String, String> plain = new TreeMap<>();
        op.attributes().forEach((name, value) -> {
            if (name.startsWith("http.header.")) {
                plain.put(name.substring("http.header.".length()), value);
            }
        });
        Optional<String> authorization = Optional.ofNullable(op.attributes().get("http.authheadersecret"))
                .flatMap(session.secrets()::get)
                .map(secret -> new String(secret, StandardCharsets.UTF_8));
        return new HttpDownloads.Headers(plain, authorization);
    }

    private static String fileName(SourceOp op) {
        String given = op.attributes().getOrDefault("http.filename", "");
        return WebAddress.fileName(
                given.isEmpty() ? WebAddress.parse(op.identifier()).getPath() : given);
    }

    private static int mode(SourceOp op) {
        String text = op.attributes().get("http.perm");
        try {
            return text == null ? DEFAULT_MODE : Integer.decode(text) & 0777;
        } catch (NumberFormatException e) {
            throw new ExecutorException("invalid mode of " + op.identifier() + ": " + text, e);
        }
    }

    private static long number(SourceOp op, String attribute) {
        String text = op.attributes().getOrDefault(attribute, "0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ExecutorException("invalid owner of " + op.identifier() + ": " + text, e);
        }
    }
}
