package dev.slipway.check;

import dev.slipway.llb.Platform;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rule;
import dev.slipway.parser.tree.Heredoc;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Run;
import dev.slipway.parser.tree.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code RUN curl .../tool-x86_64.tar.gz} in a stage that also runs for other processors: what is fetched or installed is for
 * one of them. A script that asks which processor it runs on, or that names several, knows what it does.
 */
final class ForeignArchitecture implements PlatformCheck {

    private static final Rule RULE =
            new Rule("ForeignArchitecture", "Downloads and packages should match the target platform", "", false);

    private static final Pattern ASKS = Pattern.compile(
            "\\$\\{?(?:TARGET|BUILD)(?:PLATFORM|ARCH|VARIANT)|\\buname\\b|\\b(?:lscpu|dpkg-architecture)\\b"
                    + "|--print-(?:foreign-)?architecture|--print-arch\\b|%\\{?_?arch|[`(]\\s*arch\\s*[`)]|\\bcase\\b");

    private static final Pattern WORD = Pattern.compile("[^\\s\"'`;&|()<>]+");

    /** {@code tool_"$VERSION"_amd64} is one word. */
    private static final Pattern QUOTED_VARIABLE = Pattern.compile("\"(\\$\\{?\\w+}?)\"");

    private static final Pattern INSTALLS = Pattern.compile("\\b(?:install|add|localinstall|reinstall)\\b");
    private static final Pattern FILE =
            Pattern.compile("\\.(?:deb|rpm|apk|tar|tgz|tar\\.\\w+|zip|gz|xz|bz2|run|bin|whl|sh)$");

    /** The option of a line in {@code /etc/apt/sources.list}. */
    private static final Pattern APT_SOURCE = Pattern.compile("\\[?arch=\\w+]?");

    private static final Pattern CROSS = Pattern.compile("linux-(?:gnu|musl)|-none-|cross|qemu|mingw");

    /** A file for all processors, one that no processor runs, or one for another system. */
    private static final Pattern NEUTRAL = Pattern.compile(
            "noarch|[._-](?:all|any|src)\\.\\w+$|GPG-KEY|\\.(?:asc|gpg|key|pub|sig|md5|sha\\d+|patch|diff|exe|msi)$"
                    + "|(?<![a-z])(?:win(?:32|64|dows)?|darwin|mac(?:os)?|osx|freebsd)(?![a-z])",
            Pattern.CASE_INSENSITIVE);

    private static final List<Architecture> ARCHITECTURES = List.of(
            new Architecture("amd64", "x86[_-]64|amd64|x64"),
            new Architecture("arm64", "aarch64|arm64"),
            new Architecture("arm", "armv[5-7]l?|armhf|armel"),
            new Architecture("386", "i[3-6]86"),
            new Architecture("ppc64le", "ppc64le|ppc64el"),
            new Architecture("s390x", "s390x"),
            new Architecture("riscv64", "riscv64"));

    /** A processor by OCI's name, with the names that files and packages give it. */
    private record Architecture(String name, Pattern names) {

        Architecture(String name, String names) {
            this(name, Pattern.compile("(?<![A-Za-z0-9])(?:" + names + ")(?![A-Za-z0-9])"));
        }

        boolean isIn(String word) {
            return names.matcher(word).find();
        }

        /** Whether the word has this name and something besides; the name alone is no file and no package. */
        boolean isPartOf(String word) {
            return names.matcher(word).find() && !names.matcher(word).matches();
        }
    }

    /** A word that is meant for one processor. */
    private record Find(String word, String architecture) {}

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void run(CheckedBuild build, Checks checks) {
        for (Stage stage : build.dockerfile().stages()) {
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Run run) {
                    check(run, build.platformsOf(stage), checks);
                }
            }
        }
    }

    private static void check(Run run, List<Platform> platforms, Checks checks) {
        String text = text(run);
        if (platforms.isEmpty() || ASKS.matcher(text).find()) {
            return;
        }
        foreign(text, platforms).ifPresent(find -> {
            String others = platforms.stream()
                    .filter(platform -> !runsOn(find.architecture(), platform))
                    .map(Platform::formatAll)
                    .collect(Collectors.joining(", "));
            checks.report(
                    RULE,
                    "'" + find.word() + "' is for " + find.architecture() + ", but the step also runs for " + others
                            + "; use $TARGETARCH to choose it",
                    run.statement());
        });
    }

    /** The first word for a processor that not all platforms have, unless there are words for several. */
    private static Optional<Find> foreign(String text, List<Platform> platforms) {
        Set<String> named = new TreeSet<>();
        words(text).flatMap(ForeignArchitecture::mentioned).forEach(named::add);
        return ScriptCommands.using(text).stream()
                .flatMap(command -> {
                    boolean installs = INSTALLS.matcher(command).find();
                    return words(command).flatMap(word -> find(word, installs).stream());
                })
                .findFirst()
                .filter(find -> named.stream().allMatch(other -> isAlike(other, find.architecture())))
                .filter(find -> platforms.stream().anyMatch(platform -> !runsOn(find.architecture(), platform)));
    }

    private static Stream<String> words(String text) {
        String joined = QUOTED_VARIABLE.matcher(text).replaceAll("$1");
        return WORD.matcher(joined).results().map(MatchResult::group);
    }

    private static Stream<String> mentioned(String word) {
        return ARCHITECTURES.stream()
                .filter(architecture -> architecture.isIn(word))
                .map(Architecture::name);
    }

    /** Who installs something for 386 beside what is for amd64 has not yet thought of others. */
    private static boolean isAlike(String one, String other) {
        return one.equals(other) || Set.of("386", "amd64").containsAll(Set.of(one, other));
    }

    private static Optional<Find> find(String word, boolean installs) {
        if (NEUTRAL.matcher(last(word)).find()) {
            return Optional.empty();
        }
        boolean address = word.contains("://");
        boolean file = FILE.matcher(word).find();
        boolean named = installs
                && !word.startsWith("-")
                && !word.contains("/")
                && !CROSS.matcher(word).find();
        boolean source = APT_SOURCE.matcher(word).matches();
        if (!address && !file && !named && !source) {
            return Optional.empty();
        }
        return ARCHITECTURES.stream()
                .filter(architecture -> architecture.isPartOf(word))
                .map(architecture -> new Find(word, architecture.name()))
                .findFirst();
    }

    /** The last part of a path or an address: what the folders above are for need not be what the file is for. */
    private static String last(String word) {
        int end = word.endsWith("/") ? word.length() - 1 : word.length();
        return word.substring(word.lastIndexOf('/', end - 1) + 1);
    }

    /** Whether a processor runs this code without emulation; an amd64 one also runs what is for 386. */
    private static boolean runsOn(String architecture, Platform platform) {
        return platform.architecture().equals(architecture)
                || architecture.equals("386") && platform.architecture().equals("amd64");
    }

    private static String text(Run run) {
        StringBuilder text = new StringBuilder(run.statement().text());
        for (Heredoc heredoc : run.heredocs()) {
            text.append('\n').append(heredoc.content());
        }
        return text.toString();
    }
}
