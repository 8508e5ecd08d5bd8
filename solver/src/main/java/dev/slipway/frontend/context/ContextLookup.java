package dev.slipway.frontend.context;

import dev.slipway.frontend.NamedContext;
import dev.slipway.llb.Platform;

/**
 * A named context that was found but not read yet. One that no step needs is never read.
 *
 * @param name the name by which it was looked up, in its short form
 * @param key the name under which it was given, with a platform if it was given for one
 * @param context the context
 * @param platform the platform it is needed for
 */
public record ContextLookup(String name, String key, NamedContext context, Platform platform) {}
