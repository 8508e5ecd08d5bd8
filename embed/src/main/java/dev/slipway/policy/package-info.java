/**
 * BuildKit's source policies: which images, repositories, URLs and folders a build may use, and what it uses in their place. Rules are
 * read from JSON and applied as BuildKit does.
 */
@NullMarked
package dev.slipway.policy;

import org.jspecify.annotations.NullMarked;
