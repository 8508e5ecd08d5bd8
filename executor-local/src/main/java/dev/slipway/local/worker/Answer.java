package dev.slipway.local.worker;

import dev.slipway.executor.event.LogStream;
import java.util.List;

/** What the worker says. */
sealed interface Answer {

    /** It can run steps. */
    record Ready() implements Answer {}

    /** Something that a process has printed. */
    record Log(LogStream stream, byte[] bytes) implements Answer {}

    /** Something that the user should know. */
    record Warning(String text) implements Answer {}

    /** A step is done; these are the names of its outputs. */
    record Done(List<String> results) implements Answer {}

    /** The process of a step has failed. */
    record ProcessFailed(String message, int exitCode) implements Answer {}

    /** Something else has failed. */
    record Failed(String message) implements Answer {}
}
