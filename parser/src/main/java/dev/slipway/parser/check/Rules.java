package dev.slipway.parser.check;

import java.util.List;

/** The build checks of BuildKit's Dockerfile frontend, under their official names, descriptions and addresses. */
public final class Rules {

    private static final String DOCUMENTATION = "https://docs.docker.com/go/dockerfile/rule/";

    public static final Rule STAGE_NAME_CASING =
            rule("StageNameCasing", "stage-name-casing", "Stage names should be lowercase");

    public static final Rule NO_EMPTY_CONTINUATION = rule(
            "NoEmptyContinuation",
            "no-empty-continuation",
            "Empty continuation lines will become errors in a future release");

    public static final Rule DUPLICATE_STAGE_NAME =
            rule("DuplicateStageName", "duplicate-stage-name", "Stage names should be unique");

    public static final Rule JSON_ARGS_RECOMMENDED = rule(
            "JSONArgsRecommended",
            "json-args-recommended",
            "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals");

    public static final Rule UNDEFINED_ARG_IN_FROM =
            rule("UndefinedArgInFrom", "undefined-arg-in-from", "FROM command must use declared ARGs");

    public static final Rule UNDEFINED_VAR =
            rule("UndefinedVar", "undefined-var", "Variables should be defined before their use");

    public static final Rule LEGACY_KEY_VALUE_FORMAT = rule(
            "LegacyKeyValueFormat",
            "legacy-key-value-format",
            "Legacy key/value format with whitespace separator should not be used");

    public static final Rule REDUNDANT_TARGET_PLATFORM = rule(
            "RedundantTargetPlatform",
            "redundant-target-platform",
            "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior");

    public static final Rule INVALID_DEFAULT_ARG_IN_FROM = rule(
            "InvalidDefaultArgInFrom",
            "invalid-default-arg-in-from",
            "Default value for global ARG results in an empty or invalid base image name");

    public static final Rule COPY_IGNORED_FILE =
            rule("CopyIgnoredFile", "copy-ignored-file", "Attempting to Copy file that is excluded by .dockerignore");

    public static final Rule EXPOSE_PROTO_CASING =
            rule("ExposeProtoCasing", "expose-proto-casing", "Protocol in EXPOSE instruction should be lowercase");

    /** All of them. */
    public static final List<Rule> ALL = List.of(
            STAGE_NAME_CASING,
            NO_EMPTY_CONTINUATION,
            DUPLICATE_STAGE_NAME,
            JSON_ARGS_RECOMMENDED,
            UNDEFINED_ARG_IN_FROM,
            UNDEFINED_VAR,
            LEGACY_KEY_VALUE_FORMAT,
            REDUNDANT_TARGET_PLATFORM,
            INVALID_DEFAULT_ARG_IN_FROM,
            COPY_IGNORED_FILE,
            EXPOSE_PROTO_CASING);

    private Rules() {}

    private static Rule rule(String name, String page, String description) {
        return new Rule(name, description, page.isEmpty() ? "" : DOCUMENTATION + page + "/", false);
    }

    private static Rule experimental(String name, String page, String description) {
        return new Rule(name, description, DOCUMENTATION + page + "/", true);
    }
}
