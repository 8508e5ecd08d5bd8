package dev.slipway.oci.engine;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.ByteProgress;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.engine.Exchange.Answer;
import dev.slipway.oci.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An engine that has been found and answers. */
public final class Engine {

    private static final int MAX_DOCUMENT = 8 << 20;

    private final EngineChoice choice;
    private final Patience patience;

    /** The prefix of the paths of its API. */
    private final String root;

    private final EngineInfo info;

    private Engine(EngineChoice choice, Patience patience, String root, EngineInfo info) {
        this.choice = choice;
        this.patience = patience;
        this.root = root;
        this.info = info;
    }

    /**
     * How long an engine may be silent before it is given up.
     *
     * @param answer to a question
     * @param load while an image is loaded: an engine may unpack a large layer before it reads on
     */
    record Patience(Duration answer, Duration load) {

        static final Patience USUAL = new Patience(Duration.ofSeconds(60), Duration.ofMinutes(15));
    }

    /** The archive of an image. */
    public interface Archive {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /**
     * Finds the engine that docker would use, and asks it what it is.
     *
     * @param wanted a Docker context or an address, instead of the one in the environment
     * @throws EngineException if there is none, or it does not answer
     */
    public static Engine find(Optional<String> wanted) throws IOException {
        return ask(EngineFinder.ofUser().find(wanted), Patience.USUAL);
    }

    static Engine ask(EngineChoice choice, Patience patience) throws IOException {
        try {
            String version;
            try (Exchange exchange = new Exchange(choice.address().open(), patience.answer())) {
                Answer answer = exchange.get("/_ping");
                read(exchange, answer, "/_ping");
                version = answer.head().field("api-version");
            }
            // The requests used here are the same in all versions, so the engine's own version is used.
            String root = version.matches("\\d+\\.\\d+") ? "/v" + version : "";
            try (Exchange exchange = new Exchange(choice.address().open(), patience.answer())) {
                Answer answer = exchange.get(root + "/info");
                byte[] document = read(exchange, answer, "/info");
                boolean podman = !answer.head().field("libpod-api-version").isEmpty();
                return new Engine(choice, patience, root, EngineInfo.read(document, podman));
            }
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw new EngineException(
                    "the engine at " + choice + " does not answer: " + FileErrors.reason(e)
                            + "; start it, or choose another one with DOCKER_HOST or DOCKER_CONTEXT",
                    e);
        }
    }

    private static byte[] read(Exchange exchange, Answer answer, String path) throws IOException {
        byte[] document;
        try {
            document = answer.body().readNBytes(MAX_DOCUMENT);
        } catch (IOException e) {
            throw exchange.broken(e);
        }
        if (answer.head().status() != 200) {
            throw new IOException(
                    path + " gave the status " + answer.head().status() + ": " + LoadAnswer.refusal(document));
        }
        return document;
    }

    /** What the engine is. */
    public EngineInfo info() {
        return info;
    }

    /** Its name, where it is and why it was chosen. */
    @Override
    public String toString() {
        return info.name() + " at " + choice;
    }

    /**
     * Loads an image, and checks that it is there afterwards.
     *
     * @param archive of the image
     * @param id that the engine will give it
     * @param names of it
     * @param monitor hears how much has been sent
     * @throws EngineException if the engine refuses it, or the connection breaks
     * @throws IOException if the archive cannot be read
     */
    public void load(Archive archive, Digest id, List<ImageReference> names, StepMonitor monitor)
            throws IOException, InterruptedException {
        ByteProgress progress = new ByteProgress(monitor, Activity.UPLOADING, toString(), 0);
        send(archive, progress);
        progress.done();
        require(id.toString(), id);
        for (ImageReference name : names) {
            require(name.withDefaultTag().toString(), id);
        }
    }

    /**
     * Writes an image as an archive, as {@code docker save} does.
     *
     * @param image its name or id
     * @param out is not closed
     * @throws EngineException if the engine does not have it, or the connection breaks
     */
    public void save(String image, OutputStream out) throws IOException {
        try (Exchange exchange = open(patience.load())) {
            Answer answer = exchange.get(root + "/images/" + image + "/get");
            int status = answer.head().status();
            if (status != 200) {
                String reason = LoadAnswer.refusal(answer.body().readNBytes(MAX_DOCUMENT));
                throw new EngineException(this + " does not give the image " + image + ": " + reason);
            }
            answer.body().transferTo(out);
        }
    }

    private void send(Archive archive, ByteProgress progress) throws IOException, InterruptedException {
        Optional<String> refusal;
        try (Exchange exchange = open(patience.load())) {
            Answer answer = exchange.post(root + "/images/load?quiet=1", out -> archive.writeTo(progress.count(out)));
            refusal = refusal(exchange, answer);
        } catch (ConnectionException e) {
            throw failed(Reason.of(e), e);
        }
        if (refusal.isPresent()) {
            throw failed(refusal.get(), null);
        }
    }

    private static Optional<String> refusal(Exchange exchange, Answer answer) throws ConnectionException {
        try {
            return answer.head().status() == 200
                    ? LoadAnswer.error(answer.body())
                    : Optional.of(LoadAnswer.refusal(answer.body().readNBytes(MAX_DOCUMENT)));
        } catch (IOException e) {
            throw exchange.broken(e);
        }
    }

    /** Requires that an image is there and is the one that was sent. */
    private void require(String image, Digest id) throws EngineException {
        String path = root + "/images/" + image + "/json";
        String found;
        try (Exchange exchange = open(patience.answer())) {
            Answer answer = exchange.get(path);
            if (answer.head().status() == 404) {
                throw failed("it has no image " + image + " afterwards", null);
            }
            found = Json.object(read(exchange, answer, path)).string("Id");
        } catch (EngineException e) {
            throw e;
        } catch (IOException e) {
            throw failed(FileErrors.reason(e), e);
        }
        if (!found.equals(id.toString())) {
            throw failed(image + " is " + found + " there, not " + id, null);
        }
    }

    private Exchange open(Duration limit) throws EngineException {
        try {
            return new Exchange(choice.address().open(), limit);
        } catch (IOException e) {
            throw failed(FileErrors.reason(e), e);
        }
    }

    private EngineException failed(String reason, @Nullable Throwable cause) {
        return new EngineException("the image was not loaded into " + this + ": " + reason, cause);
    }
}
