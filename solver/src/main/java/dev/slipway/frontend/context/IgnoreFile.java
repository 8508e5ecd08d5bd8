package dev.slipway.frontend.context;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.text.TextEncoding;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code .dockerignore} files. */
public final class IgnoreFile {

    private static final int MAX_LINE = 65_535;

    private IgnoreFile() {}

    /**
     * The patterns of a file, in order: blanks around them removed, paths cleaned, without leading slash. Lines that start
     * with {@code #} and blank lines have none.
     *
     * @throws IgnoreFileException if a line is too long
     */
    public static List<String> parse(byte[] content) {
        TextEncoding.other(content).ifPresent(encoding -> {
            throw new IgnoreFileException("it is encoded in " + encoding + "; save it as UTF-8");
        });
        List<String> patterns = new ArrayList<>();
        int start = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end - start > MAX_LINE) {
                throw new IgnoreFileException("bufio.Scanner: token too long");
            }
            String line = LosslessUtf8.decode(content, start, end);
            if (start == 0 && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            if (!line.startsWith("#")) {
                String pattern = pattern(Blanks.trim(line));
                if (!pattern.isEmpty()) {
                    patterns.add(pattern);
                }
            }
            start = end + 1;
        }
        return patterns;
    }

    private static String pattern(String line) {
        boolean inverted = line.startsWith("!");
        String path = inverted ? Blanks.trim(line.substring(1)) : line;
        if (!path.isEmpty()) {
            path = SlashPath.clean(path);
            if (path.length() > 1 && path.startsWith("/")) {
                path = path.substring(1);
            }
        }
        return inverted ? "!" + path : path;
    }
}
