package dev.slipway.executor.event;

/** The stream of a process that a piece of output comes from. */
public enum LogStream {
    OUTPUT,
    ERROR
}
