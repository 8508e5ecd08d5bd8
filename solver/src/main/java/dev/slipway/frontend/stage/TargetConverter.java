package dev.slipway.frontend.stage;

import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.Outline;
import dev.slipway.frontend.check.DefaultBaseCheck;
import dev.slipway.frontend.context.ContextReads;
import dev.slipway.frontend.context.NamedContexts;
import dev.slipway.frontend.graph.GraphMarshaller;
import dev.slipway.frontend.image.ImageDraft;
import dev.slipway.llb.Definition;
import dev.slipway.llb.InvalidUtf8Exception;
import dev.slipway.llb.Platform;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.Suggestions;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Instruction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Converts the target of a Dockerfile, with all stages that it needs, for one platform. */
public final class TargetConverter {

    private final Dockerfile dockerfile;
    private final FrontendRequest request;
    private final ImageResolver images;
    private final Checks checks;
    private final BoundedWords words;
    private final Function<StepContext, Instruction.Visitor<Void>> converters;
    private final ContextReads files;
    private OptionalLong epoch = OptionalLong.empty();

    /**
     * @param images finds base images
     * @param checks where findings go
     * @param converters convert the instruction of a step, each in its own way
     */
    public TargetConverter(
            Dockerfile dockerfile,
            FrontendRequest request,
            ImageResolver images,
            Checks checks,
            Function<StepContext, Instruction.Visitor<Void>> converters) {
        this(dockerfile, request, images, checks, converters, new ContextReads(request.context()));
    }

    private TargetConverter(
            Dockerfile dockerfile,
            FrontendRequest request,
            ImageResolver images,
            Checks checks,
            Function<StepContext, Instruction.Visitor<Void>> converters,
            ContextReads files) {
        this.dockerfile = dockerfile;
        this.request = request;
        this.images = images;
        this.checks = checks;
        this.words = new BoundedWords(dockerfile.escape());
        this.converters = converters;
        this.files = files;
    }

    /**
     * Converts the target.
     *
     * @throws FrontendException if it can't be converted, or if the file asks that findings of checks fail the build
     */
    public Conversion convert() {
        Converted converted = convertStages();
        failOnFindings();
        return finish(converted, OutlineCollector.collect(converted.target()));
    }

    /**
     * Runs the checks of a conversion without encoding its result.
     *
     * @return the arguments, secrets and agents that the build asks for
     * @throws FrontendException as {@link #convert} does
     */
    public Outline check() {
        Converted converted = convertStages();
        failOnFindings();
        return OutlineCollector.collect(converted.target());
    }

    private void failOnFindings() {
        checks.violation().ifPresent(violation -> {
            throw new FrontendException(violation);
        });
    }

    /** A target whose steps have been converted, with the state shared by all its stages. */
    private record Converted(StageBuild target, ConversionScope scope) {}

    /** Converts the target and what it needs. */
    private Converted convertStages() {
        Map<String, String> buildArgs = new TreeMap<>(request.buildArgs());
        NamedContexts contexts = new NamedContexts(request, images, this::convertForContext);
        GlobalArguments globals = globals(buildArgs);
        epoch = epoch(contexts, buildArgs, globals.values());
        ConversionScope scope = new ConversionScope(
                request,
                images,
                checks,
                words,
                globals,
                buildArgs,
                epoch,
                Proxies.of(request.buildArgs()),
                contexts,
                files,
                new StageGraph(),
                isLabs());
        StagePlanner planner = new StagePlanner(scope);
        planner.plan(dockerfile.stages());
        StageBuild target = target(scope.stages());
        planner.planSteps(dockerfile.stages());
        Set<StageBuild> needed = new TriggerLoader(scope).resolve(target);
        scope.files().readIgnorePatterns();
        for (StageBuild stage : List.copyOf(scope.stages().stages())) {
            if (request.allStages() ? !stage.isImplied() : needed.contains(stage) && !stage.isConverted()) {
                new StageConverter(scope, stage, converters).convert();
            }
        }
        return new Converted(target, scope);
    }

    private boolean isLabs() {
        return dockerfile.directives().stream()
                .anyMatch(directive -> directive.name().equals("syntax")
                        && directive.firstWord().contains("labs"));
    }

    private GlobalArguments globals(Map<String, String> buildArgs) {
        String lastStage =
                dockerfile.stages().get(dockerfile.stages().size() - 1).name();
        Environment automatic =
                GlobalArguments.automatic(request, request.target().orElse(lastStage), buildArgs);
        checkDefaults(automatic);
        return GlobalArguments.of(automatic, dockerfile.globalArgs(), words, buildArgs);
    }

    private void checkDefaults(Environment automatic) {
        Environment defaults;
        try {
            defaults = GlobalArguments.of(automatic, dockerfile.globalArgs(), words, Map.of())
                    .values();
        } catch (FrontendException e) {
            return; // A default that can't be expanded fails the conversion, unless an argument is given for it.
        }
        DefaultBaseCheck.run(
                checks,
                dockerfile.stages(),
                base -> words.expand(base, defaults).text());
    }

    /** Finds the time. From then on it is the value of the argument. */
    private OptionalLong epoch(NamedContexts contexts, Map<String, String> buildArgs, Environment globals) {
        String name = SourceDateEpoch.NAME;
        Optional<String> value = Optional.ofNullable(buildArgs.get(name))
                .or(() -> globals.get(name).filter(text -> !text.isEmpty()));
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong seconds = new SourceDateEpoch(request, images, contexts, files, words)
                .resolve(value.get(), dockerfile.stages(), globals);
        if (seconds.isEmpty()) {
            buildArgs.remove(name);
            globals.remove(name);
        } else {
            String text = Long.toString(seconds.getAsLong());
            buildArgs.computeIfPresent(name, (key, old) -> text);
            globals.get(name).ifPresent(old -> globals.put(name, text));
        }
        return seconds;
    }

    /** A stage that replaces a named context. All conversions read the same context, but its checks have run already. */
    private NamedContexts.Loaded convertForContext(FrontendRequest stage) {
        TargetConverter converter = new TargetConverter(dockerfile, stage, images, Checks.none(), converters, files);
        StageContent content = converter.convertStages().target().content();
        converter.complete(content);
        return new NamedContexts.Loaded(
                content.state().root(),
                content.state().platform(),
                Optional.of(content.image().build()),
                content.baseImage());
    }

    private StageBuild target(StageGraph stages) {
        if (request.target().isEmpty() || request.target().get().isEmpty()) {
            return stages.stages().get(dockerfile.stages().size() - 1);
        }
        String name = request.target().get();
        return stages.namedIgnoringCase(name)
                .orElseThrow(() -> new FrontendException(
                        "target stage " + GoText.quote(name) + " could not be found",
                        Suggestions.nearest(name, stages.names())));
    }

    private Conversion finish(Converted converted, Outline outline) {
        StageContent content = converted.target().content();
        complete(content);
        Definition definition = marshal(content, request.targetPlatform());
        Optional<Definition> scan = request.scanner()
                .map(scanner -> new SbomScan(converted.scope(), scanner)
                        .of(converted.target(), content.image().platform().format()));
        return new Conversion(definition, content.image().build(), content.baseImage(), epoch, outline, scan);
    }

    /** All of the target is needed, with the labels and the platform that were asked for. */
    private void complete(StageContent target) {
        target.usedPaths().add("/");
        ImageDraft image = target.image();
        request.labels().forEach(image::label);
        request.platform().ifPresent(wanted -> image.platform(imagePlatform(image.platform(), wanted)));
        image.platform(image.platform().normalized());
    }

    private static Definition marshal(StageContent target, Platform platform) {
        try {
            return GraphMarshaller.marshal(target.state().root(), platform);
        } catch (InvalidUtf8Exception e) {
            throw FrontendException.of(e);
        }
    }

    /** The platform that was asked for, with the details that only the base image knows. */
    private static Platform imagePlatform(Platform image, Platform wanted) {
        boolean same = image.os().equals(wanted.os()) && image.architecture().equals(wanted.architecture());
        return new Platform(
                wanted.os(),
                wanted.architecture(),
                same && wanted.variant().isEmpty() ? image.variant() : wanted.variant(),
                same && wanted.osVersion().isEmpty() ? image.osVersion() : wanted.osVersion(),
                wanted.osFeatures().isEmpty() ? image.osFeatures() : wanted.osFeatures());
    }
}
