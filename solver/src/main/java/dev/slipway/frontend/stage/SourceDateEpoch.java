package dev.slipway.frontend.stage;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.context.ContextLookup;
import dev.slipway.frontend.context.ContextReads;
import dev.slipway.frontend.context.NamedContexts;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.source.GitSource;
import dev.slipway.frontend.source.HttpSource;
import dev.slipway.frontend.value.Checksums;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.frontend.value.GoNumbers;
import dev.slipway.llb.SourceOp;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.tree.Add;
import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code SOURCE_DATE_EPOCH}: the time that a build uses instead of the real one, as a number or as the time of one of its
 * sources.
 */
final class SourceDateEpoch {

    static final String NAME = "SOURCE_DATE_EPOCH";

    private static final String CONTEXT = "context";
    /** The first second that image configs cannot write: the year 10000. */
    private static final long END_OF_TIME =
            Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

    private static final long START_OF_TIME =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

    private final FrontendRequest request;
    private final ImageResolver images;
    private final NamedContexts contexts;
    private final ContextReads files;
    private final BoundedWords words;

    SourceDateEpoch(
            FrontendRequest request,
            ImageResolver images,
            NamedContexts contexts,
            ContextReads files,
            BoundedWords words) {
        this.request = request;
        this.images = images;
        this.contexts = contexts;
        this.files = files;
        this.words = words;
    }

    /**
     * The time in seconds since 1970; empty if the source has no known time.
     *
     * @param value a number, {@code context}, or the name of a context or stage
     * @throws FrontendException if it is none of these, or a stage that is more than one remote source
     */
    OptionalLong resolve(String value, List<Stage> stages, Environment globals) {
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        Optional<Long> number = GoNumbers.int64(value);
        if (number.isPresent()) {
            if (number.get() < START_OF_TIME || number.get() >= END_OF_TIME) {
                throw new FrontendException("invalid " + NAME + ": " + value);
            }
            return OptionalLong.of(number.get());
        }
        if (value.equals(CONTEXT)) {
            return files.remote().map(this::age).orElse(OptionalLong.empty());
        }
        Optional<ContextLookup> context =
                contexts.findAny(value, request.buildPlatforms().get(0));
        if (context.isPresent()) {
            Root root = contexts.load(context.get(), Set::of).root();
            return root.isScratch() ? OptionalLong.empty() : age(root);
        }
        Stage stage = stages.stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new FrontendException("invalid " + NAME + ": " + value));
        try {
            return age(source(stage, globals));
        } catch (FrontendException | ExpansionException | IllegalArgumentException e) {
            throw FrontendException.of(e).at(stage.from().statement().ranges());
        }
    }

    private OptionalLong age(Root root) {
        Optional<SourceOp> source = root.source();
        return source.isPresent() ? images.time(source.get()) : OptionalLong.empty();
    }

    /** The one source that a stage consists of. */
    private Root source(Stage stage, Environment globals) {
        if (!words.expand(stage.from().base(), globals).text().equals(StageBuild.SCRATCH)) {
            throw new FrontendException(NAME + " stage must use FROM scratch");
        }
        Environment values = globals.copy();
        values.remove(NAME);
        Optional<Root> source = Optional.empty();
        for (Instruction instruction : stage.instructions()) {
            if (instruction instanceof Arg arg) {
                declare(arg, values);
            } else if (instruction instanceof Add add) {
                if (source.isPresent()) {
                    throw new FrontendException(NAME + " stage must contain exactly one remote ADD");
                }
                source = Optional.of(
                        source(add, word -> words.expand(word, values).text()));
            } else {
                throw new FrontendException(NAME + " stage does not meet source-only requirements: unsupported "
                        + instruction.statement().keyword() + " instruction");
            }
        }
        return source.orElseThrow(() -> new FrontendException(NAME + " stage must contain exactly one remote ADD"));
    }

    private void declare(Arg arg, Environment values) {
        for (Arg.Variable variable : arg.variables()) {
            Optional.ofNullable(request.buildArgs().get(variable.name()))
                    .or(() -> variable.defaultValue()
                            .map(value -> words.expand(value, values).text()))
                    .ifPresent(value -> values.put(variable.name(), value));
        }
    }

    private static Root source(Add add, Function<String, String> expander) {
        if (!add.files().inlineFiles().isEmpty() || add.files().sources().size() != 1) {
            throw new FrontendException(NAME + " stage must contain exactly one remote ADD source");
        }
        String address = expander.apply(add.files().sources().get(0));
        String checksum = add.checksum().isEmpty() ? "" : expander.apply(add.checksum());
        Optional<GitReference> git = GitReference.parse(address).filter(found -> !found.looksLocal());
        if (git.isPresent()) {
            boolean keep = add.keepGitDir().orElse(false)
                    || git.get().keepGitDirectory().orElse(false);
            String commit = checksum.isEmpty() ? git.get().checksum() : checksum;
            return new GitSource(git.get(), keep, commit, "").output(Metadata.unnamed());
        }
        if (HttpSource.isUrl(address)) {
            return HttpSource.of(address, HttpSource.fileName(address), Checksums.parse(checksum), Metadata.unnamed());
        }
        throw new FrontendException(NAME + " stage source must be a single HTTP(S) or Git ADD");
    }
}
