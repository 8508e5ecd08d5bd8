package dev.slipway.frontend.value;

import dev.slipway.parser.text.GoText;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One word of EXPOSE: {@code [ip:][hostPort:]port[-end][/protocol]}.
 *
 * @param text the word
 * @param ip an address to publish at, which EXPOSE should not have; empty if absent
 * @param hostPort a port to publish at, which EXPOSE should not have; empty if absent
 * @param port the port or range
 * @param protocol as written, {@code tcp} if absent
 */
public record PortSpec(String text, String ip, String hostPort, String port, String protocol) {

    private static final int MAX_PORT = 65535;

    /**
     * Splits a word of EXPOSE, after expansion.
     *
     * @throws IllegalArgumentException with BuildKit's text if it has no port or an unknown protocol
     */
    public static PortSpec parse(String text) {
        int last = text.lastIndexOf(':');
        int first = text.lastIndexOf(':', last - 1);
        String port = text.substring(last + 1);
        String protocol = "";
        int slash = port.indexOf('/');
        if (slash >= 0) {
            protocol = port.substring(slash + 1);
            port = port.substring(0, slash);
        }
        if (port.isEmpty()) {
            throw invalid(text, "no port specified");
        }
        switch (protocol.toLowerCase(Locale.ROOT)) {
            case "" -> protocol = "tcp";
            case "tcp", "udp", "sctp" -> {}
            default -> throw invalid(text, "invalid proto: " + protocol);
        }
        String ip = first < 0 ? "" : text.substring(0, first);
        String hostPort = last < 0 ? "" : text.substring(first + 1, last);
        return new PortSpec(text, ip, hostPort, port, protocol);
    }

    /**
     * The entries for the image config: each port with its protocol in lower case. BuildKit checks address and host port before
     * it forgets them.
     *
     * @throws IllegalArgumentException with BuildKit's text if a part is invalid
     */
    public List<String> exposed() {
        checkIp();
        int[] range = range(port, "containerPort");
        if (!hostPort.isEmpty()) {
            int[] hostRange = range(hostPort, "hostPort");
            if (range[1] != range[0] && range[1] - range[0] != hostRange[1] - hostRange[0]) {
                throw new IllegalArgumentException(
                        "invalid ranges specified for container and host Ports: " + port + " and " + hostPort);
            }
        }
        String suffix = "/" + protocol.toLowerCase(Locale.ROOT);
        return IntStream.rangeClosed(range[0], range[1])
                .mapToObj(number -> number + suffix)
                .toList();
    }

    private void checkIp() {
        String bare = ip;
        if (ip.startsWith("[")) {
            int end = ip.indexOf(']');
            if (end != ip.length() - 1) {
                throw new IllegalArgumentException(
                        "invalid IP address " + ip + ": address " + ip + ":: " + bracketProblem(end));
            }
            bare = ip.substring(1, end);
        }
        if (!bare.isEmpty() && IpAddress.parse(bare).isEmpty()) {
            throw new IllegalArgumentException("invalid IP address: " + bare);
        }
    }

    private String bracketProblem(int end) {
        if (end < 0) {
            return "missing ']' in address";
        }
        return ip.charAt(end + 1) == ':' ? "too many colons in address" : "missing port in address";
    }

    private static int[] range(String text, String what) {
        int dash = text.indexOf('-');
        int first = port(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : port(text.substring(dash + 1));
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("invalid " + what + ": " + text);
        }
        return new int[] {first, last};
    }

    /** The port, or -1 if this is not one. */
    private static int port(String text) {
        return GoNumbers.int64(text)
                .filter(number -> number >= 0 && number <= MAX_PORT)
                .map(Long::intValue)
                .orElse(-1);
    }

    private static IllegalArgumentException invalid(String text, String problem) {
        return new IllegalArgumentException("invalid port: " + GoText.quote(text) + ": " + problem);
    }
}
