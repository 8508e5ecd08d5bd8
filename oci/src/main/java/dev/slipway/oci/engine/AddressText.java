package dev.slipway.oci.engine;

import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.oci.engine.EngineAddress.Ssh;
import dev.slipway.oci.engine.EngineAddress.Tcp;
import dev.slipway.oci.engine.EngineAddress.UnixSocket;
import dev.slipway.oci.tls.TlsFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the address of an engine in the form of {@code DOCKER_HOST}.
 *
 * @param text the address
 * @param place where it comes from, for messages
 */
record AddressText(String text, String place) {

    private static final int PORT = 2375;
    private static final int TLS_PORT = 2376;
    private static final String HOST = "([A-Za-z0-9_][A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:.%]+\\])";
    private static final Pattern TCP = Pattern.compile("tcp://" + HOST + "?(?::(\\d{1,5}))?/?");
    private static final Pattern SSH =
            Pattern.compile("ssh://(?:([^@/:\\s-][^@/:\\s]*)@)?" + HOST + "(?::(\\d{1,5}))?(/[^?#]*)?");

    /** The program at the other end of ssh, with its option for a socket. */
    enum Remote {
        DOCKER("docker", "--host=unix://"),
        PODMAN("podman", "--url=unix://");

        private final String program;
        private final String socketOption;

        Remote(String program, String socketOption) {
            this.program = program;
            this.socketOption = socketOption;
        }

        /** A command line for the shell there. */
        private String command(String socket) {
            String option = socket.replace("/", "").isEmpty() ? "" : " " + quoted(socketOption + socket);
            return program + option + " system dial-stdio";
        }

        private static String quoted(String word) {
            return "'" + word.replace("'", "'\\''") + "'";
        }
    }

    /**
     * @param tls for an address of TCP
     * @param remote for one of ssh
     * @param sshOptions additional arguments of ssh
     */
    EngineAddress parse(Optional<TlsFiles> tls, Remote remote, List<String> sshOptions) throws EngineException {
        // As in docker, a host alone is reached by TCP.
        String full = text.contains("://") ? text : "tcp://" + text;
        String scheme = full.substring(0, full.indexOf("://"));
        return switch (scheme) {
            case "unix" -> unix(full.substring("unix://".length()));
            case "tcp" -> tcp(full, tls);
            case "ssh" -> ssh(full, remote, sshOptions);
            case "npipe" ->
                throw wrong("named pipes of Windows are not supported; let the engine listen on a port, and write"
                        + " tcp://HOST:PORT");
            default -> throw wrong("'" + scheme + "' is no way to reach an engine; write unix, tcp or ssh");
        };
    }

    private EngineAddress unix(String path) throws EngineException {
        try {
            Path socket = Path.of(path);
            if (socket.isAbsolute()) {
                return new UnixSocket(socket);
            }
        } catch (InvalidPathException e) {
            throw wrong("the path of the socket is invalid");
        }
        throw wrong("the path of the socket must be absolute, such as unix:///var/run/docker.sock");
    }

    private EngineAddress tcp(String full, Optional<TlsFiles> tls) throws EngineException {
        Matcher matcher = TCP.matcher(full);
        if (!matcher.matches()) {
            throw wrong("write tcp://HOST:PORT");
        }
        String host = matcher.group(1) == null ? "localhost" : matcher.group(1).replaceAll("[\\[\\]]", "");
        return new Tcp(host, port(matcher.group(2), tls.isPresent() ? TLS_PORT : PORT), tls);
    }

    private EngineAddress ssh(String full, Remote remote, List<String> options) throws EngineException {
        Matcher matcher = SSH.matcher(full);
        if (!matcher.matches()) {
            throw wrong("write ssh://USER@HOST:PORT, without a password");
        }
        List<String> command = new ArrayList<>(List.of("ssh", "-T", "-o", "ConnectTimeout=30"));
        command.addAll(options);
        if (matcher.group(1) != null) {
            command.addAll(List.of("-l", matcher.group(1)));
        }
        if (matcher.group(3) != null) {
            command.addAll(List.of("-p", Integer.toString(port(matcher.group(3), 0))));
        }
        String socket = matcher.group(4) == null ? "" : matcher.group(4);
        command.addAll(List.of("--", matcher.group(2).replaceAll("[\\[\\]]", ""), remote.command(socket)));
        return new Ssh(full, command);
    }

    private int port(String digits, int otherwise) throws EngineException {
        int port = digits == null ? otherwise : Integer.parseInt(digits);
        if (port > 0xFFFF) {
            throw wrong("there is no port " + port);
        }
        return port;
    }

    private EngineException wrong(String what) {
        return new EngineException(
                "the address " + UrlCredentials.redact(text) + " of " + place + " cannot be used: " + what);
    }
}
