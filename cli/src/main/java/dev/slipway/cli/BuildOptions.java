package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.SecretSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what to build, shared by every command that reads a Dockerfile. */
final class BuildOptions {

    @Mixin
    private ContextOptions context;

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            description = "Platforms to build for, such as linux/amd64,linux/arm64.")
    private List<String> platforms = List.of();

    @Option(names = "--target", paramLabel = "STAGE", description = "Stage to build (default: the last one).")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--build-arg",
            paramLabel = "NAME[=VALUE]",
            description = "Value of an ARG; without a value, that of the environment variable.")
    private List<String> buildArgs = List.of();

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Label of the image.")
    private List<String> labels = List.of();

    @Option(
            names = "--build-context",
            paramLabel = "NAME=VALUE",
            description = "What a name stands for: a folder, docker-image://REF, oci-layout://FOLDER[:TAG] or a URL.")
    private List<String> buildContexts = List.of();

    @Option(names = "--no-cache", description = "Run every step, whatever the cache holds.")
    private boolean noCache;

    @Option(
            names = "--no-cache-filter",
            split = ",",
            paramLabel = "STAGE",
            description = "Run every step of these stages, whatever the cache holds.")
    private List<String> noCacheFilter = List.of();

    @Option(names = "--pull", description = "Ask registries for every base image.")
    private boolean pull;

    @Option(
            names = "--secret",
            paramLabel = "id=ID[,src=FILE|,env=NAME]",
            description = "A secret for steps that mount it.")
    private List<String> secrets = List.of();

    @Option(names = "--ssh", paramLabel = "default|ID[=SOCKET]", description = "An SSH agent for steps that mount it.")
    private List<String> ssh = List.of();

    @Option(names = "--add-host", paramLabel = "HOST:IP", description = "A line in /etc/hosts of each step.")
    private List<String> extraHosts = List.of();

    @Option(names = "--ulimit", paramLabel = "NAME=SOFT[:HARD]", description = "A resource limit of each step.")
    private List<String> ulimits = List.of();

    @Option(names = "--network", paramLabel = "MODE", description = "Network of each step: default, none or host.")
    private Optional<String> network = Optional.empty();

    @Option(names = "--cgroup-parent", paramLabel = "NAME", description = "Parent of each step's control group.")
    private Optional<String> cgroupParent = Optional.empty();

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "NAME",
            description = "What steps may ask for beyond the usual: network.host, security.insecure.")
    private List<String> allow = List.of();

    BuildRequest request() {
        BuildRequest request = context.request();
        if (target.isPresent()) {
            request = request.target(target.get());
        }
        if (!platforms.isEmpty()) {
            request = platforms(request);
        }
        request = buildArgs(request);
        request = pairs(request, "--label", labels, BuildRequest::label);
        request = pairs(request, "--build-context", buildContexts, BuildRequest::buildContext);
        request = noCache ? request.noCache() : request;
        request = noCacheFilter.isEmpty() ? request : request.noCacheFilter(noCacheFilter.toArray(String[]::new));
        request = pull ? request.pull() : request;
        for (String host : extraHosts) {
            request = extraHost(request, host);
        }
        for (String limit : ulimits) {
            request = request.ulimit(limit);
        }
        if (network.isPresent()) {
            request = request.network(network.get());
        }
        if (cgroupParent.isPresent()) {
            request = request.cgroupParent(cgroupParent.get());
        }
        for (String secret : secrets) {
            request = secret(request, secret);
        }
        for (String agent : ssh) {
            request = agent(request, agent);
        }
        return allow.isEmpty() ? request : request.allow(allow.toArray(String[]::new));
    }

    private BuildRequest platforms(BuildRequest request) {
        try {
            return request.platforms(platforms.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--platform " + String.join(",", platforms) + ": " + e.getMessage());
        }
    }

    private BuildRequest buildArgs(BuildRequest request) {
        BuildRequest result = request;
        for (String argument : buildArgs) {
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? System.getenv(name) : argument.substring(equals + 1);
            if (value != null) {
                result = result.buildArg(name, value);
            }
        }
        return result;
    }

    private static BuildRequest pairs(BuildRequest request, String option, List<String> values, Change change) {
        BuildRequest result = request;
        for (String value : values) {
            int equals = value.indexOf('=');
            if (equals <= 0) {
                throw new UsageException(option + " " + value + ": expected NAME=VALUE");
            }
            result = change.apply(result, value.substring(0, equals), value.substring(equals + 1));
        }
        return result;
    }

    private static BuildRequest extraHost(BuildRequest request, String host) {
        int separator = host.indexOf('=') >= 0 ? host.indexOf('=') : host.indexOf(':');
        if (separator <= 0) {
            throw new UsageException("--add-host " + host + ": expected HOST:IP");
        }
        return request.extraHost(host.substring(0, separator), host.substring(separator + 1));
    }

    private static BuildRequest secret(BuildRequest request, String text) {
        Map<String, String> fields = fields("--secret", text);
        String id = fields.get("id");
        String file = fields.getOrDefault("src", fields.get("source"));
        String variable = fields.get("env");
        if (id == null) {
            throw new UsageException("--secret " + text + ": id is required");
        }
        if (file != null) {
            return request.secret(id, SecretSource.file(Path.of(file)));
        }
        String name = variable == null ? id : variable;
        String value = System.getenv(name);
        if (value == null) {
            throw new UsageException(
                    "--secret " + text + ": no src= is given and no environment variable " + name + " is set");
        }
        return request.secret(id, SecretSource.text(value));
    }

    private static BuildRequest agent(BuildRequest request, String text) {
        int equals = text.indexOf('=');
        String id = equals < 0 ? text : text.substring(0, equals);
        String socket = equals < 0 ? System.getenv("SSH_AUTH_SOCK") : text.substring(equals + 1);
        if (socket == null) {
            throw new UsageException("--ssh " + text + ": no socket is given and SSH_AUTH_SOCK is not set");
        }
        return request.sshAgent(id, Path.of(socket));
    }

    private static Map<String, String> fields(String option, String text) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : text.split(",")) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new UsageException(option + " " + text + ": '" + field + "' is not of the form key=value");
            }
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return fields;
    }

    /** A method of the request that takes a name and a value. */
    private interface Change {
        BuildRequest apply(BuildRequest request, String name, String value);
    }
}
