package dev.slipway.executor.event;

/** Which stream of a process a piece of its output comes from. */
public enum LogStream {
    OUTPUT,
    ERROR
}
