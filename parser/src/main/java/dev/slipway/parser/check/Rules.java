package dev.slipway.parser.check;

import java.util.List;

/** The build checks of BuildKit's Dockerfile frontend, under their official names, descriptions and addresses. */
public final class Rules {

    private static final String DOCUMENTATION = "https://docs.docker.com/go/dockerfile/rule/";

    public static final Rule STAGE_NAME_CASING =
            rule("StageNameCasing", "stage-name-casing", "Stage names should be lowercase");

    public static final Rule FROM_AS_CASING =
            rule("FromAsCasing", "from-as-casing", "The 'as' keyword should match the case of the 'from' keyword");

    public static final Rule NO_EMPTY_CONTINUATION = rule(
            "NoEmptyContinuation",
            "no-empty-continuation",
            "Empty continuation lines will become errors in a future release");

    public static final Rule CONSISTENT_INSTRUCTION_CASING = rule(
            "ConsistentInstructionCasing",
            "consistent-instruction-casing",
            "All commands within the Dockerfile should use the same casing (either upper or lower)");

    public static final Rule DUPLICATE_STAGE_NAME =
            rule("DuplicateStageName", "duplicate-stage-name", "Stage names should be unique");

    public static final Rule RESERVED_STAGE_NAME =
            rule("ReservedStageName", "reserved-stage-name", "Reserved words should not be used as stage names");

    public static final Rule JSON_ARGS_RECOMMENDED = rule(
            "JSONArgsRecommended",
            "json-args-recommended",
            "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals");

    public static final Rule MAINTAINER_DEPRECATED = rule(
            "MaintainerDeprecated",
            "maintainer-deprecated",
            "The MAINTAINER instruction is deprecated, use a label instead to define an image author");

    public static final Rule UNDEFINED_ARG_IN_FROM =
            rule("UndefinedArgInFrom", "undefined-arg-in-from", "FROM command must use declared ARGs");

    public static final Rule WORKDIR_RELATIVE_PATH = rule(
            "WorkdirRelativePath",
            "workdir-relative-path",
            "Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes");

    public static final Rule UNDEFINED_VAR =
            rule("UndefinedVar", "undefined-var", "Variables should be defined before their use");

    public static final Rule MULTIPLE_INSTRUCTIONS_DISALLOWED = rule(
            "MultipleInstructionsDisallowed",
            "multiple-instructions-disallowed",
            "Multiple instructions of the same type should not be used in the same stage");

    public static final Rule LEGACY_KEY_VALUE_FORMAT = rule(
            "LegacyKeyValueFormat",
            "legacy-key-value-format",
            "Legacy key/value format with whitespace separator should not be used");

    public static final Rule INVALID_BASE_IMAGE_PLATFORM =
            rule("InvalidBaseImagePlatform", "", "Base image platform does not match expected target platform");

    public static final Rule REDUNDANT_TARGET_PLATFORM = rule(
            "RedundantTargetPlatform",
            "redundant-target-platform",
            "Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior");

    public static final Rule SECRETS_USED_IN_ARG_OR_ENV = rule(
            "SecretsUsedInArgOrEnv",
            "secrets-used-in-arg-or-env",
            "Sensitive data should not be used in the ARG or ENV commands");

    public static final Rule INVALID_DEFAULT_ARG_IN_FROM = rule(
            "InvalidDefaultArgInFrom",
            "invalid-default-arg-in-from",
            "Default value for global ARG results in an empty or invalid base image name");

    public static final Rule FROM_PLATFORM_FLAG_CONST_DISALLOWED = rule(
            "FromPlatformFlagConstDisallowed",
            "from-platform-flag-const-disallowed",
            "FROM --platform flag should not use a constant value");

    public static final Rule COPY_IGNORED_FILE =
            rule("CopyIgnoredFile", "copy-ignored-file", "Attempting to Copy file that is excluded by .dockerignore");

    public static final Rule INVALID_DEFINITION_DESCRIPTION = experimental(
            "InvalidDefinitionDescription",
            "invalid-definition-description",
            "Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not intended to be a description comment, add an empty line or comment between the instruction and the comment.");

    public static final Rule EXPOSE_PROTO_CASING =
            rule("ExposeProtoCasing", "expose-proto-casing", "Protocol in EXPOSE instruction should be lowercase");

    public static final Rule EXPOSE_INVALID_FORMAT = rule(
            "ExposeInvalidFormat",
            "expose-invalid-format",
            "IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release");

    /** All of them. */
    public static final List<Rule> ALL = List.of(
            STAGE_NAME_CASING,
            FROM_AS_CASING,
            NO_EMPTY_CONTINUATION,
            CONSISTENT_INSTRUCTION_CASING,
            DUPLICATE_STAGE_NAME,
            RESERVED_STAGE_NAME,
            JSON_ARGS_RECOMMENDED,
            MAINTAINER_DEPRECATED,
            UNDEFINED_ARG_IN_FROM,
            WORKDIR_RELATIVE_PATH,
            UNDEFINED_VAR,
            MULTIPLE_INSTRUCTIONS_DISALLOWED,
            LEGACY_KEY_VALUE_FORMAT,
            INVALID_BASE_IMAGE_PLATFORM,
            REDUNDANT_TARGET_PLATFORM,
            SECRETS_USED_IN_ARG_OR_ENV,
            INVALID_DEFAULT_ARG_IN_FROM,
            FROM_PLATFORM_FLAG_CONST_DISALLOWED,
            COPY_IGNORED_FILE,
            INVALID_DEFINITION_DESCRIPTION,
            EXPOSE_PROTO_CASING,
            EXPOSE_INVALID_FORMAT);

    private Rules() {}

    private static Rule rule(String name, String page, String description) {
        return new Rule(name, description, page.isEmpty() ? "" : DOCUMENTATION + page + "/", false);
    }

    private static Rule experimental(String name, String page, String description) {
        return new Rule(name, description, DOCUMENTATION + page + "/", true);
    }
}
