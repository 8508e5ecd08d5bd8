package dev.slipway.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rule;

/** One of our checks. */
interface PlatformCheck {

    /** Its name and what it is about. */
    Rule rule();

    /** Reports what it finds. */
    void run(CheckedBuild build, Checks checks);
}
