/**
 * Runs the process of a step: gives its sandbox the layers and folders that its mounts mean, and makes layers of what it wrote.
 */
@NullMarked
package dev.slipway.local.exec;

import org.jspecify.annotations.NullMarked;
