/**
 * The folder that a store is in: its parts, whom others must trust who come near it, and small files that are written aside and
 * get their names when they are whole. What the parts hold is the store's own business.
 */
@NullMarked
package dev.slipway.local.store.folder;

import org.jspecify.annotations.NullMarked;
