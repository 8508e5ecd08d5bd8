/**
 * What outlives a build, in one folder that many processes use at once.
 *
 * <p>Everything is written aside and gets its name by a rename when it is whole, so that nothing half-written is ever seen,
 * whenever a process is killed. Names stand for contents, so that two processes which make the same thing do no harm. Locks
 * save double work, keep cache folders apart and keep collection away; the system drops them with the process that holds them.
 */
@NullMarked
package dev.slipway.local.store;

import org.jspecify.annotations.NullMarked;
