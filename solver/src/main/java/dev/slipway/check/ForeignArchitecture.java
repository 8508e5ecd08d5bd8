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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code RUN curl .../tool-x86_64.tar.gz} in a stage that also runs for other processors: what is fetched or installed is for
 * one of them. A command that asks which processor it runs on, or that names files for several, knows what it does.
 */
final class ForeignArchitecture implements PlatformCheck {

    private static final Rule RULE = new Rule(
            "ForeignArchitecture",
            "Downloads and packages should be chosen by the platform that is built for",
            "",
            false);

    private static final Pattern ASKS = Pattern.compile(
            "\\$\\{?(?:TARGET|BUILD)(?:PLATFORM|ARCH|VARIANT)|\\buname\\b|\\b(?:lscpu|dpkg-architecture)\\b"
                    + "|--print-(?:foreign-)?architecture|--print-arch\\b|%\\{?_?arch|[`(]\\s*arch\\s*[`)]|\\bcase\\b");

    private static final Pattern WORD = Pattern.compile("[^\\s\"'`;&|()<>]+");
    private static final Pattern INSTALLS = Pattern.compile("\\b(?:install|add|localinstall|reinstall)\\b");
    private static final Pattern FILE = Pattern.compile("\\.(?:deb|rpm|apk|tar|tgz|tar\\.\\w+|zip|gz|xz|bz2|run|sh)$");
    private static final Pattern CROSS = Pattern.compile("linux-(?:gnu|musl)|-none-|cross|qemu");

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
                            + "; choose it by $TARGETARCH",
                    run.statement());
        });
    }

    /** The first word for a processor that not all platforms have, unless there are words for several. */
    private static Optional<Find> foreign(String text, List<Platform> platforms) {
        Set<String> named = new TreeSet<>();
        Optional<Find> first = Optional.empty();
        boolean installs = INSTALLS.matcher(text).find();
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            Optional<Find> find = find(words.group(), installs);
            find.ifPresent(found -> named.add(found.architecture()));
            first = first.or(() -> find);
        }
        return first.filter(find ->
                named.size() == 1 && platforms.stream().anyMatch(platform -> !runsOn(find.architecture(), platform)));
    }

    private static Optional<Find> find(String word, boolean installs) {
        boolean address = word.contains("://");
        boolean file = FILE.matcher(word).find();
        boolean named = installs
                && !word.startsWith("-")
                && !word.contains("/")
                && !CROSS.matcher(word).find();
        if (!address && !file && !named) {
            return Optional.empty();
        }
        return ARCHITECTURES.stream()
                .filter(architecture -> architecture.isPartOf(word))
                .map(architecture -> new Find(word, architecture.name()))
                .findFirst();
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
