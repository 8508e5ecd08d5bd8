package dev.slipway.frontend.value;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** IP addresses without zones, in their canonical form: {@code ::1} for {@code 0:0:0:0:0:0:0:1}. */
public final class IpAddress {

    private static final int GROUPS = 8;

    private IpAddress() {}

    /**
     * The canonical form of an address; empty if this is not an address. An IPv4 address inside IPv6 becomes IPv4, as in Go.
     */
    public static Optional<String> parse(String text) {
        if (text.indexOf(':') < 0) {
            return Optional.ofNullable(ipv4(text)).map(IpAddress::format4);
        }
        return Optional.ofNullable(ipv6(text)).map(IpAddress::format6);
    }

    private static int @Nullable [] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        int[] octets = new int[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            boolean leadingZero = part.length() > 1 && part.charAt(0) == '0';
            if (part.isEmpty()
                    || part.length() > 3
                    || leadingZero
                    || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            octets[i] = Integer.parseInt(part);
            if (octets[i] > 255) {
                return null;
            }
        }
        return octets;
    }

    private static int @Nullable [] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = groups(text);
            return groups != null && groups.length == GROUPS ? groups : null;
        }
        int[] head = groups(text.substring(0, gap));
        int[] tail = groups(text.substring(gap + 2));
        boolean dotted = text.substring(0, gap).indexOf('.') >= 0;
        if (head == null || tail == null || dotted || head.length + tail.length >= GROUPS) {
            return null;
        }
        int[] groups = new int[GROUPS];
        System.arraycopy(head, 0, groups, 0, head.length);
        System.arraycopy(tail, 0, groups, GROUPS - tail.length, tail.length);
        return groups;
    }

    /** The 16-bit groups between colons; the last one may be an IPv4 address, which is two. */
    private static int @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String[] parts = text.split(":", -1);
        int[] embedded = ipv4(parts[parts.length - 1]);
        int[] groups = new int[parts.length + (embedded == null ? 0 : 1)];
        for (int i = 0; i < parts.length - (embedded == null ? 0 : 1); i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(IpAddress::isHex)) {
                return null;
            }
            groups[i] = Integer.parseInt(part, 16);
        }
        if (embedded != null) {
            groups[groups.length - 2] = embedded[0] << 8 | embedded[1];
            groups[groups.length - 1] = embedded[2] << 8 | embedded[3];
        }
        return groups;
    }

    private static boolean isHex(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static String format4(int[] octets) {
        return octets[0] + "." + octets[1] + "." + octets[2] + "." + octets[3];
    }

    private static String format6(int[] groups) {
        boolean mapped = groups[5] == 0xffff;
        for (int i = 0; i < 5; i++) {
            mapped &= groups[i] == 0;
        }
        if (mapped) {
            return format4(new int[] {groups[6] >> 8, groups[6] & 255, groups[7] >> 8, groups[7] & 255});
        }
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gapStart = i;
                gapLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
