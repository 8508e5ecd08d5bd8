package dev.slipway.context.load;

import dev.slipway.caller.CallerCode;
import dev.slipway.caller.RefusedException;
import dev.slipway.context.ContextPlace;
import dev.slipway.context.DockerfilePlace;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.value.GitReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the Dockerfile of a build and its main context. What is not on this machine is fetched for that by the executor, as a
 * part of the build; a Dockerfile is looked for there as BuildKit does it.
 */
public final class ContextLoader {

    /** The largest Dockerfile that is fetched. */
    private static final int MAX_SIZE = 16 << 20;

    /** What buildx adds to the name of a Dockerfile for the name of its policy. */
    private static final String REGO = ".rego";

    private final LocalContext local;
    private final Fetcher fetcher;
    private final boolean keepsGit;
    private final boolean asksCommitTime;
    private final boolean refusesPolicy;

    /**
     * @param keepsGit whether the {@code .git} of a repository is kept
     * @param asksCommitTime whether the time of a repository's commit counts
     * @param refusesPolicy whether a policy of buildx beside the Dockerfile is refused
     */
    public ContextLoader(
            LocalContext local, Fetcher fetcher, boolean keepsGit, boolean asksCommitTime, boolean refusesPolicy) {
        this.local = local;
        this.fetcher = fetcher;
        this.keepsGit = keepsGit;
        this.asksCommitTime = asksCommitTime;
        this.refusesPolicy = refusesPolicy;
    }

    /** Finds both. */
    public LoadedContext load() throws InterruptedException {
        if (local.main() instanceof ContextPlace.Folder folder) {
            return ofFolder(folder.path());
        }
        String address = ((ContextPlace.Address) local.main()).url();
        if (isRepository(address)) {
            return ofRepository(address);
        }
        if (address.startsWith("http://") || address.startsWith("https://")) {
            return ofUrl(address);
        }
        throw new RefusedException("the context " + address
                + " is neither a git repository nor a URL that can be fetched; write https://..., or name a folder");
    }

    private static boolean isRepository(String address) {
        try {
            return GitReference.parse(address).isPresent();
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the context " + address + ": " + e.getMessage(), List.of(), e);
        }
    }

    private LoadedContext ofFolder(Path folder) throws InterruptedException {
        Optional<DockerfileFile> named = named();
        DockerfileFile dockerfile = named.isPresent() ? named.get() : CallerCode.read(folder, () -> folder(folder));
        List<String> ignored = CallerCode.read(folder, () -> IgnoreFiles.forContext(folder, dockerfile.path()));
        return loaded(dockerfile, new MainContext.Local(MainContext.NAME, "", ignored), false);
    }

    private DockerfileFile folder(Path folder) {
        String place = local.root().isPresent() ? "the context" : folder.toString();
        return DockerfileFile.of(folder)
                .orElseThrow(() -> new RefusedException(
                        "there is no Dockerfile in " + place + "; name its file, or another folder"));
    }

    private LoadedContext ofRepository(String address) throws InterruptedException {
        MainContext git = new MainContext.Git(address, keepsGit, asksCommitTime, Optional.empty());
        return ofRemote(address, git, path());
    }

    private LoadedContext ofUrl(String url) throws InterruptedException {
        MainContext.Http file = new MainContext.Http(url, false, Optional.empty());
        BuiltImage root = fetcher.fetch(Frontend.definition(file));
        byte[] head = Fetcher.read(root, "/" + HttpSource.CONTEXT_FILE, ArchiveFormat.HEAD)
                .orElse(new byte[0]);
        return ArchiveFormat.isArchive(head)
                ? ofRemote(url, new MainContext.Http(url, true, Optional.empty()), path())
                : ofRemote(url, file, HttpSource.CONTEXT_FILE);
    }

    /** A context that is not the client's, with its own Dockerfile unless the client has one for it. */
    private LoadedContext ofRemote(String address, MainContext main, String path) throws InterruptedException {
        boolean isOwn =
                local.dockerfile().isEmpty() || isInContext(local.dockerfile().get());
        return isOwn ? loaded(fetched(address, main, path), main, true) : loaded(named().orElseThrow(), main, false);
    }

    private DockerfileFile fetched(String address, MainContext main, String path) throws InterruptedException {
        BuiltImage root = fetcher.fetch(Frontend.definition(main));
        Optional<DockerfileFile> file = read(root, path);
        if (file.isEmpty() && (path.equals(DockerfileFile.NAME) || path.endsWith("/" + DockerfileFile.NAME))) {
            String folder = path.substring(0, path.length() - DockerfileFile.NAME.length());
            file = read(root, folder + DockerfileFile.LOWER_NAME);
        }
        // What was uploaded has an address that nobody knows but the executor.
        String place = address.startsWith(BuildSession.UPLOADS) ? "the archive" : address;
        DockerfileFile found = file.orElseThrow(() -> new RefusedException(
                "there is no " + path + " in " + place + "; name the file that is the Dockerfile"));
        String policy = found.name() + REGO;
        if (read(root, policy).isPresent()) {
            refuse(policy);
        }
        return found;
    }

    /** buildx would apply it. Whoever passes over it builds what the policy may forbid. */
    private void refuse(String policy) {
        if (refusesPolicy) {
            throw new RefusedException(
                    policy + " is a policy that buildx would apply, and Slipway cannot; state it as a"
                            + " source policy (--source-policy-file), or build without it: --policy disabled=true");
        }
    }

    /** Where in a remote context the Dockerfile is. */
    private String path() {
        return local.dockerfile()
                .filter(ContextLoader::isInContext)
                .map(place -> slashed(((DockerfilePlace.File) place).path().normalize()))
                .orElse(DockerfileFile.NAME);
    }

    /** Contexts have the paths of Linux, wherever they come from. */
    private static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    private static boolean isInContext(DockerfilePlace place) {
        return place instanceof DockerfilePlace.File file && !file.path().isAbsolute();
    }

    /** The Dockerfile that the request names. */
    private Optional<DockerfileFile> named() throws InterruptedException {
        if (local.dockerfile().isEmpty()) {
            return Optional.empty();
        }
        DockerfilePlace place = local.dockerfile().get();
        if (place instanceof DockerfilePlace.File file) {
            return Optional.of(file(file.path()));
        }
        if (place instanceof DockerfilePlace.Text text) {
            return Optional.of(DockerfileFile.of(text.content().toArray()));
        }
        String url = ((DockerfilePlace.Address) place).url();
        BuiltImage root = fetcher.fetch(HttpSource.definition(url, DockerfileFile.NAME));
        return Optional.of(read(root, DockerfileFile.NAME).orElseThrow());
    }

    private DockerfileFile file(Path path) {
        return local.root()
                .filter(root -> !path.isAbsolute())
                .map(root -> DockerfileFile.in(root, slashed(path)))
                .orElseGet(() -> DockerfileFile.at(path));
    }

    private Optional<DockerfileFile> read(BuiltImage root, String path) throws InterruptedException {
        Optional<byte[]> content = Fetcher.read(root, "/" + path, MAX_SIZE + 1);
        if (content.isPresent() && content.get().length > MAX_SIZE) {
            throw new RefusedException("the Dockerfile " + path + " is larger than " + MAX_SIZE + " bytes");
        }
        return content.map(bytes -> new DockerfileFile(path, Optional.empty(), bytes));
    }

    private LoadedContext loaded(DockerfileFile dockerfile, MainContext main, boolean isOwn) {
        dockerfile
                .path()
                .map(file -> file.resolveSibling(file.getFileName() + REGO))
                .filter(Files::exists)
                .ifPresent(policy -> refuse(policy.toString()));
        return new LoadedContext(dockerfile.source(), main, isOwn);
    }
}
