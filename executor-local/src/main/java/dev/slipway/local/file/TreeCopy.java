package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.pattern.PatternMatcher;
import dev.slipway.executor.pattern.PatternMatcher.Match;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.oci.layer.Attributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Copies one file or folder to its place, with everything in it that patterns do not leave out. */
final class TreeCopy {

    private final CopiedAttributes attributes;
    private final Optional<PatternMatcher> include;
    private final Optional<PatternMatcher> exclude;
    private final boolean alwaysReplace;
    private final Deque<Waiting> folders = new ArrayDeque<>();
    private final Map<RegularFile, RegularFile> copies = new IdentityHashMap<>();

    TreeCopy(Copy copy, CopiedAttributes attributes) {
        this.attributes = attributes;
        this.include = copy.includePatterns().isEmpty()
                ? Optional.empty()
                : Optional.of(PatternMatcher.of(copy.includePatterns()));
        this.exclude = copy.excludePatterns().isEmpty()
                ? Optional.empty()
                : Optional.of(PatternMatcher.of(copy.excludePatterns()));
        this.alwaysReplace = copy.alwaysReplaceDestination();
    }

    /** A folder on the way down. One that no pattern names is made when something in it is copied. */
    private static final class Waiting {

        private final Directory source;
        private final Target target;
        private boolean made;

        private Waiting(Directory source, Target target, boolean made) {
            this.source = source;
            this.target = target;
            this.made = made;
        }
    }

    /**
     * Copies a node. A folder that exists at its place already keeps its attributes, but for its time; those below it do not. What
     * is copied into a folder changes its time, so that its own comes last.
     */
    void run(Node source, Target target) throws InterruptedException {
        boolean existed = target.folder().isPresent();
        copyIncluded(source, target);
        if (source instanceof Directory directory) {
            descend(directory, "", target, true, Match.NONE, Match.NONE);
            DraftDirectory copied = requireFolder(target);
            copied.setAttributes(
                    existed
                            ? copied.attributes().withModified(attributes.time(source.attributes()))
                            : attributes.of(source, true, target.parentAttributes()));
        }
    }

    private void copyChild(Node source, String path, Target target, Match parentIn, Match parentOut)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Match in = include.map(matcher -> matcher.match(path, parentIn)).orElse(Match.NONE);
        Match out = exclude.map(matcher -> matcher.match(path, parentOut)).orElse(Match.NONE);
        boolean included = (include.isEmpty() || in.matches()) && !out.matches();
        if (included) {
            makeWaiting();
            copyIncluded(source, target);
        }
        boolean nothingBelow =
                out.matches() && !exclude.map(PatternMatcher::hasExceptions).orElse(false);
        if (source instanceof Directory directory && !nothingBelow) {
            descend(directory, path + "/", target, included, in, out);
        }
        if (source instanceof Directory && included) {
            DraftDirectory copied = requireFolder(target);
            copied.setAttributes(attributes.onto(copied.attributes(), source));
        }
    }

    private void descend(Directory directory, String prefix, Target target, boolean made, Match in, Match out)
            throws InterruptedException {
        folders.addLast(new Waiting(directory, target, made));
        for (int i = 0; i < directory.size(); i++) {
            String name = directory.name(i);
            copyChild(directory.node(i), prefix + name, target.child(name), in, out);
        }
        folders.removeLast();
    }

    /** Such a folder gets its attributes only if it is new; else it gets the source's mode and nothing more. */
    private void makeWaiting() {
        for (Waiting folder : folders) {
            if (!folder.made) {
                folder.made = true;
                Optional<Node> there = folder.target.node();
                if (there.isEmpty()) {
                    folder.target.makeFolder(attributes.of(folder.source, true, folder.target.parentAttributes()));
                } else {
                    DraftDirectory existing = requireFolder(folder.target);
                    existing.setAttributes(existing.attributes()
                            .withMode(folder.source.attributes().mode()));
                }
            }
        }
    }

    private void copyIncluded(Node source, Target target) {
        if (alwaysReplace && !(source instanceof Directory && target.folder().isPresent())) {
            target.remove();
        }
        if (source instanceof Directory) {
            copyFolder(source, target);
        } else if (target.folder().isPresent()) {
            throw new ExecutorException("cannot replace to directory " + target.path()
                    + " with file; choose another path, or remove the folder in an earlier RUN");
        } else {
            target.put(copyOf(source, target.parentAttributes()));
        }
    }

    private void copyFolder(Node source, Target target) {
        if (target.node().isEmpty()) {
            target.makeFolder(attributes.of(source, true, target.parentAttributes()));
        } else {
            requireFolder(target);
        }
    }

    private static DraftDirectory requireFolder(Target target) {
        return target.folder()
                .orElseThrow(() -> new ExecutorException("cannot copy to non-directory: " + target.path()
                        + "; a folder can only go to a folder, or to a path that does not exist"));
    }

    /** Names of one file stay names of one file. A socket is worth nothing without its program: BuildKit makes an empty file of it. */
    private Node copyOf(Node source, Attributes parent) {
        if (source instanceof RegularFile file) {
            return copies.computeIfAbsent(
                    file, original -> new RegularFile(attributes.of(original, false, parent), original.content()));
        }
        Attributes copied = attributes.of(source, false, parent);
        if (source instanceof SymbolicLink link) {
            return new SymbolicLink(copied, link.target());
        }
        SpecialFile special = (SpecialFile) source;
        return special.isSocket() ? new RegularFile(copied, Content.EMPTY) : special.with(copied);
    }
}
