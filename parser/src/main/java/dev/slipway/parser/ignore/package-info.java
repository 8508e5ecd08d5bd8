/** Reads {@code .dockerignore} files. Matching paths against their patterns is the executors' work. */
package dev.slipway.parser.ignore;
