package dev.slipway;

import dev.slipway.context.load.LoadedContext;
import dev.slipway.context.load.LocalContext;
import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.FrontendRequestBuilder;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.Platform;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Dockerfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Converts the Dockerfile for each platform: parsed once, converted side by side. */
final class Conversions {

    private final BuildRequest request;
    private final LocalContext local;
    private final LoadedContext context;
    private final List<Platform> buildPlatforms;
    private final ImageResolver images;
    private final Findings findings;
    private final ExecutorService pool;

    Conversions(
            BuildRequest request,
            LocalContext local,
            LoadedContext context,
            List<PlatformSupport> supported,
            ImageResolver images,
            Findings findings,
            ExecutorService pool) {
        this.request = request;
        this.local = local;
        this.context = context;
        this.buildPlatforms =
                supported.stream().map(PlatformSupport::platform).distinct().toList();
        this.images = images;
        this.findings = findings;
        this.pool = pool;
    }

    /** The conversion of each platform that was asked for, in that order; of the build platform if none was. */
    Map<Platform, Conversion> run() throws InterruptedException {
        Dockerfile dockerfile = findings.parse(context.file().data().toArray());
        findings.lookAtPlatforms(dockerfile, buildPlatforms.get(0));
        if (request.platforms().isEmpty()) {
            PlatformArguments.checkPlatforms(request, List.of(buildPlatforms.get(0)));
            FrontendRequest wanted = builder(buildPlatforms.get(0)).build();
            Conversion only = Frontend.convert(dockerfile, wanted, images, findings.checks());
            return Map.of(only.image().platform(), only);
        }
        PlatformArguments.checkPlatforms(request, request.platforms());
        Map<Platform, Future<Conversion>> futures = new LinkedHashMap<>();
        for (Platform platform : request.platforms()) {
            FrontendRequest wanted = builder(platform).platform(platform).build();
            // Each platform would find the same; the first one reports it.
            Checks checks = futures.isEmpty() ? findings.checks() : Checks.none();
            futures.put(platform, pool.submit(() -> Frontend.convert(dockerfile, wanted, images, checks)));
        }
        try {
            Map<Platform, Conversion> conversions = new LinkedHashMap<>();
            for (Map.Entry<Platform, Future<Conversion>> entry : futures.entrySet()) {
                conversions.put(entry.getKey(), await(entry.getValue()));
            }
            return conversions;
        } finally {
            // If one fails, nobody waits for the others.
            futures.values().forEach(future -> future.cancel(true));
        }
    }

    /** How the Dockerfile is converted for the first platform. */
    FrontendRequest first() {
        Optional<Platform> asked = request.platforms().stream().findFirst();
        FrontendRequestBuilder builder = builder(asked.orElse(buildPlatforms.get(0)));
        asked.ifPresent(builder::platform);
        return builder.build();
    }

    private FrontendRequestBuilder builder(Platform platform) {
        Map<String, String> arguments = PlatformArguments.of(request, platform);
        FrontendRequestBuilder builder = FrontendRequest.builder()
                .buildPlatforms(buildPlatforms)
                .multiPlatform(request.isMultiPlatform())
                .context(context.main())
                .file(context.file())
                .resolveMode(mode(request.pullPolicy()))
                .process(ProcessSettings.of(request));
        AskedAttestations.of(request).scanner().ifPresent(builder::scanner);
        request.target().ifPresent(builder::target);
        arguments.forEach(builder::buildArg);
        request.labels().forEach(builder::label);
        local.named().forEach(builder::namedContext);
        if (request.isNoCache()) {
            builder.noCache(Set.of());
        } else if (!request.noCacheStages().isEmpty()) {
            builder.noCache(Set.copyOf(request.noCacheStages()));
        }
        return builder;
    }

    private static ResolveMode mode(PullPolicy policy) {
        return switch (policy) {
            case DEFAULT -> ResolveMode.DEFAULT;
            case ALWAYS -> ResolveMode.PULL;
            case MISSING, NEVER -> ResolveMode.LOCAL;
        };
    }

    private static Conversion await(Future<Conversion> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        }
    }
}
