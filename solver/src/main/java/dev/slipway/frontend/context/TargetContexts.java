package dev.slipway.frontend.context;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.NamedContext;
import dev.slipway.llb.Platform;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The contexts that are stages of the same Dockerfile: {@code target:STAGE} stands for the result of building that stage for
 * the platform that needs it, image config included. Within that stage and all that it needs, the name keeps its usual meaning,
 * so that a stage can replace its own base image.
 */
final class TargetContexts {

    static final String KIND = "target";

    private final FrontendRequest request;
    private final Function<FrontendRequest, NamedContexts.Loaded> stages;
    private final Map<Target, NamedContexts.Loaded> converted = new HashMap<>();

    TargetContexts(FrontendRequest request, Function<FrontendRequest, NamedContexts.Loaded> stages) {
        this.request = request;
        this.stages = stages;
    }

    private record Target(String stage, String key, Platform platform) {}

    /**
     * The result of a stage.
     *
     * @throws FrontendException if there is no such stage, or it cannot be converted
     */
    NamedContexts.Loaded load(ContextLookup found, String stage) {
        Target target = new Target(stage, found.key(), found.platform());
        NamedContexts.Loaded known = converted.get(target);
        if (known == null) {
            known = stages.apply(request(target));
            converted.put(target, known);
        }
        return known;
    }

    private FrontendRequest request(Target target) {
        Map<String, NamedContext> others = new TreeMap<>(request.namedContexts());
        others.remove(target.key());
        return request.forStage(target.stage(), target.platform(), others);
    }
}
