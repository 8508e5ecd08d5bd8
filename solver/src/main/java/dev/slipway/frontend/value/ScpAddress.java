package dev.slipway.frontend.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses in the form of scp: {@code user@host:path?query#fragment}. */
final class ScpAddress {

    private static final Pattern FORM = Pattern.compile("([a-zA-Z0-9-_]+)@([a-zA-Z0-9-.]+):(.*)");

    private ScpAddress() {}

    /** The address as a URL of scheme ssh; how it is written stays the same. */
    static Url parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("invalid scp-style url");
        }
        String rest = form.group(3);
        // The query ends at the first '#' behind it; a '?' behind a '#' belongs to the fragment.
        int hash = rest.indexOf('#');
        String beforeHash = hash < 0 ? rest : rest.substring(0, hash);
        int mark = beforeHash.indexOf('?');
        String path = mark < 0 ? beforeHash : beforeHash.substring(0, mark);
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (mark >= 0) {
            query.putAll(
                    Url.parse("ssh://host/?" + beforeHash.substring(mark + 1)).query());
        }
        String address = form.group(1) + "@" + form.group(2) + ":" + path;
        String fragment = hash < 0 ? "" : rest.substring(hash + 1);
        return new Url("ssh", form.group(1), form.group(2), path, address, query, fragment);
    }
}
