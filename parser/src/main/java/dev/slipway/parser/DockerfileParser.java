package dev.slipway.parser;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.TextChecks;
import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.text.SourceText;
import dev.slipway.parser.text.TextEncoding;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.From;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Stage;
import java.util.List;

/** Parses Dockerfiles. Safe for use by many threads at once. */
public final class DockerfileParser {

    /** More than BuildKit can send from client to server. */
    private static final int MAX_SIZE = 16 << 20;

    private DockerfileParser() {}

    /**
     * Parses a Dockerfile.
     *
     * @throws DockerfileParseException if it is not one, or has no stage
     */
    public static Dockerfile parse(byte[] source) {
        return parse(source, Checks.none());
    }

    /**
     * Parses a Dockerfile and reports what the checks of its text find. What was reported before a failure stays
     * reported.
     *
     * @throws DockerfileParseException if it is not one, or has no stage
     */
    public static Dockerfile parse(byte[] source, Checks checks) {
        if (source.length > MAX_SIZE) {
            throw new DockerfileParseException(
                    "the Dockerfile is larger than the max allowed size of " + MAX_SIZE + " bytes", List.of());
        }
        if (source.length == 0) {
            throw new DockerfileParseException("the Dockerfile cannot be empty", List.of());
        }
        TextEncoding.other(source).ifPresent(encoding -> {
            throw new DockerfileParseException(
                    "the Dockerfile is encoded in " + encoding + "; save it as UTF-8", List.of());
        });
        SourceReader.Result read = SourceReader.read(LosslessUtf8.decode(source));
        TextChecks text = new TextChecks(checks);
        for (RawInstruction raw : read.instructions()) {
            if (raw.line().emptyContinuation()) {
                text.emptyContinuation(raw.line().lastLine());
            }
        }
        StageCollector collector = new StageCollector();
        for (RawInstruction raw : read.instructions()) {
            text.written(raw.statement(), raw.words());
            Instruction instruction = build(raw);
            text.understood(instruction);
            collector.add(instruction);
        }
        List<Stage> stages = collector.stages();
        text.complete(stages);
        return new Dockerfile(SourceText.of(source), read.directives(), read.escape(), collector.globalArgs(), stages);
    }

    /**
     * Parses one instruction of an image's ONBUILD list, or of an {@code ONBUILD} in a Dockerfile.
     *
     * @param expression the trigger, heredoc bodies included
     * @param place the location of the result and of failures: that of the FROM that inherits the trigger
     * @throws DockerfileParseException if it is not exactly one instruction, or one that can be no trigger
     */
    public static Instruction parseTrigger(String expression, SourceRange place) {
        List<SourceRange> ranges = SourceRange.lines(place.startLine(), place.endLine());
        List<RawInstruction> instructions;
        try {
            instructions = SourceReader.read(expression).instructions();
        } catch (DockerfileParseException e) {
            throw e.movedTo(ranges);
        }
        if (instructions.size() != 1) {
            throw new DockerfileParseException("onbuild trigger should be a single expression", ranges);
        }
        RawInstruction raw = instructions.get(0);
        try {
            Instruction instruction = InstructionBuilder.build(raw.withHeredocs(raw.heredocs(), place));
            if (instruction instanceof From) {
                throw new Refusal("FROM isn't allowed as an ONBUILD trigger");
            }
            return instruction;
        } catch (Refusal e) {
            throw e.toException("", ranges);
        }
    }

    private static Instruction build(RawInstruction raw) {
        try {
            return InstructionBuilder.build(raw);
        } catch (Refusal e) {
            String prefix = "dockerfile parse error on line " + raw.line().firstLine() + ": ";
            throw e.toException(prefix, raw.statement().ranges(), raw.line());
        }
    }
}
