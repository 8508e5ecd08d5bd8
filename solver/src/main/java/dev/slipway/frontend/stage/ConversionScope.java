package dev.slipway.frontend.stage;

import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.context.ContextReads;
import dev.slipway.frontend.context.NamedContexts;
import dev.slipway.llb.ProcessMeta.Proxy;
import dev.slipway.parser.check.Checks;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What all stages of one conversion share.
 *
 * @param request what was asked for
 * @param images finds base images
 * @param checks where findings go
 * @param words reads words of this Dockerfile
 * @param globals the arguments that FROM sees
 * @param buildArgs the values given for ARG, with the source date epoch as a number
 * @param epoch the time that steps and history carry, in seconds since 1970
 * @param proxy the proxy settings of every RUN
 * @param contexts finds named contexts
 * @param files the main context
 * @param stages the stages
 * @param labs whether the Dockerfile asks for experimental features: its syntax directive names a labs version
 */
record ConversionScope(
        FrontendRequest request,
        ImageResolver images,
        Checks checks,
        BoundedWords words,
        GlobalArguments globals,
        Map<String, String> buildArgs,
        OptionalLong epoch,
        Optional<Proxy> proxy,
        NamedContexts contexts,
        ContextReads files,
        StageGraph stages,
        boolean labs) {}
