/**
 * Runs steps for a user who is not root: in a second process of this program, which is root in a user namespace of its own. It
 * works on the same store and does with a step all that takes rights: it unpacks layers, runs the process, and reads what that
 * wrote. Only names of results go back and forth, with what the process prints and what it may know of the session.
 */
@NullMarked
package dev.slipway.local.worker;

import org.jspecify.annotations.NullMarked;
