package dev.slipway.llb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.llb.FileAction.Command;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the protobuf JSON form of ops: what is absent has its default, 64-bit numbers are strings, bytes are base64. */
final class OpReader {

    private OpReader() {}

    /** An op without its inputs and platform. */
    static Op op(JsonNode json) throws IOException {
        if (json.has("source")) {
            TreeMap<String, String> attributes = new TreeMap<>();
            json.path("source")
                    .path("attrs")
                    .properties()
                    .forEach(entry ->
                            attributes.put(entry.getKey(), entry.getValue().asText()));
            return new SourceOp(json.path("source").path("identifier").asText(), attributes);
        }
        if (json.has("exec")) {
            return exec(json.path("exec"));
        }
        if (json.has("file")) {
            return new FileOp(list(json.path("file").path("actions"), OpReader::action));
        }
        if (json.has("merge")) {
            return new MergeOp(list(
                    json.path("merge").path("inputs"),
                    input -> input.path("input").asInt()));
        }
        if (json.has("diff")) {
            JsonNode diff = json.path("diff");
            return new DiffOp(
                    diff.path("lower").path("input").asInt(),
                    diff.path("upper").path("input").asInt());
        }
        throw new IOException("unknown op: " + json);
    }

    static Optional<Platform> platform(JsonNode json) {
        return optional(
                json.path("platform"),
                platform -> new Platform(
                        platform.path("OS").asText(),
                        platform.path("Architecture").asText(),
                        platform.path("Variant").asText(),
                        platform.path("OSVersion").asText(),
                        texts(platform.path("OSFeatures"))));
    }

    private static ExecOp exec(JsonNode json) {
        return new ExecOp(
                meta(json.path("meta")),
                list(json.path("mounts"), OpReader::mount),
                ExecOp.NetworkMode.valueOf(json.path("network").asText("UNSET")),
                ExecOp.SecurityMode.valueOf(json.path("security").asText("SANDBOX")),
                list(
                        json.path("secretenv"),
                        secret -> new ExecOp.SecretEnvironment(
                                secret.path("ID").asText(),
                                secret.path("name").asText(),
                                secret.path("optional").asBoolean())),
                list(
                        json.path("cdiDevices"),
                        device -> new ExecOp.CdiDevice(
                                device.path("name").asText(),
                                device.path("optional").asBoolean())));
    }

    private static ProcessMeta meta(JsonNode json) {
        return new ProcessMeta(
                texts(json.path("args")),
                texts(json.path("env")),
                json.path("cwd").asText(),
                json.path("user").asText(),
                optional(
                        json.path("proxyEnv"),
                        proxy -> new ProcessMeta.Proxy(
                                proxy.path("httpProxy").asText(),
                                proxy.path("httpsProxy").asText(),
                                proxy.path("ftpProxy").asText(),
                                proxy.path("noProxy").asText(),
                                proxy.path("allProxy").asText())),
                list(
                        json.path("extraHosts"),
                        host -> new ProcessMeta.HostIp(
                                host.path("Host").asText(), host.path("IP").asText())),
                json.path("hostname").asText(),
                list(
                        json.path("ulimit"),
                        limit -> new ProcessMeta.Ulimit(
                                limit.path("Name").asText(),
                                limit.path("Soft").asLong(),
                                limit.path("Hard").asLong())),
                json.path("cgroupParent").asText(),
                json.path("removeMountStubsRecursive").asBoolean(),
                list(json.path("validExitCodes"), JsonNode::asInt));
    }

    private static Mount mount(JsonNode json) {
        return new Mount(
                json.path("input").asInt(),
                json.path("selector").asText(),
                json.path("dest").asText(),
                json.path("output").asInt(),
                json.path("readonly").asBoolean(),
                kind(json),
                json.path("resultID").asText(),
                Mount.ContentCache.valueOf(json.path("contentCache").asText("DEFAULT")));
    }

    private static Mount.Kind kind(JsonNode json) {
        return switch (json.path("mountType").asText("BIND")) {
            case "BIND" -> new Mount.Bind();
            case "CACHE" ->
                new Mount.Cache(
                        json.path("cacheOpt").path("ID").asText(),
                        Mount.Cache.Sharing.valueOf(
                                json.path("cacheOpt").path("sharing").asText("SHARED")));
            case "TMPFS" -> new Mount.Tmpfs(json.path("TmpfsOpt").path("size").asLong());
            case "SECRET" -> new Mount.Secret(sessionFile(json.path("secretOpt")));
            case "SSH" -> new Mount.Ssh(sessionFile(json.path("SSHOpt")));
            default -> throw new IllegalArgumentException("unknown mount: " + json);
        };
    }

    private static Mount.SessionFile sessionFile(JsonNode json) {
        return new Mount.SessionFile(
                json.path("ID").asText(),
                json.path("uid").asInt(),
                json.path("gid").asInt(),
                json.path("mode").asInt(),
                json.path("optional").asBoolean());
    }

    private static FileAction action(JsonNode json) {
        return new FileAction(
                json.path("input").asInt(),
                json.path("secondaryInput").asInt(),
                json.path("output").asInt(),
                command(json));
    }

    private static Command command(JsonNode json) {
        if (json.has("copy")) {
            return copy(json.path("copy"));
        }
        if (json.has("mkfile")) {
            JsonNode file = json.path("mkfile");
            return new FileAction.MakeFile(
                    file.path("path").asText(),
                    file.path("mode").asInt(),
                    Bytes.of(Base64.getDecoder().decode(file.path("data").asText())),
                    owner(file),
                    file.path("timestamp").asLong());
        }
        if (json.has("mkdir")) {
            JsonNode directory = json.path("mkdir");
            return new FileAction.MakeDirectory(
                    directory.path("path").asText(),
                    directory.path("mode").asInt(),
                    directory.path("makeParents").asBoolean(),
                    owner(directory),
                    directory.path("timestamp").asLong());
        }
        throw new IllegalArgumentException("unknown action: " + json);
    }

    private static FileAction.Copy copy(JsonNode json) {
        return new FileAction.Copy(
                json.path("src").asText(),
                json.path("dest").asText(),
                owner(json),
                json.path("mode").asInt(),
                json.path("modeStr").asText(),
                json.path("followSymlink").asBoolean(),
                json.path("dirCopyContents").asBoolean(),
                json.path("attemptUnpackDockerCompatibility").asBoolean(),
                json.path("createDestPath").asBoolean(),
                json.path("allowWildcard").asBoolean(),
                json.path("allowEmptyWildcard").asBoolean(),
                json.path("timestamp").asLong(),
                texts(json.path("includePatterns")),
                texts(json.path("excludePatterns")),
                json.path("alwaysReplaceExistingDestPaths").asBoolean(),
                texts(json.path("requiredPaths")));
    }

    private static Optional<Owner> owner(JsonNode json) {
        return optional(json.path("owner"), owner -> new Owner(user(owner.path("user")), user(owner.path("group"))));
    }

    private static Optional<UserReference> user(JsonNode json) {
        return optional(
                json,
                user -> user.has("byName")
                        ? new FileAction.UserName(
                                user.path("byName").path("name").asText(),
                                user.path("byName").path("input").asInt())
                        : new FileAction.UserId(user.path("byID").asInt()));
    }

    private static List<String> texts(JsonNode json) {
        return list(json, JsonNode::asText);
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> reader) {
        List<T> elements = new ArrayList<>();
        json.forEach(element -> elements.add(reader.apply(element)));
        return elements;
    }

    private static <T> Optional<T> optional(JsonNode json, Function<JsonNode, T> reader) {
        return json.isMissingNode() ? Optional.empty() : Optional.of(reader.apply(json));
    }
}
