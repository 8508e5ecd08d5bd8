/** What an executor keeps for later builds: how to list and remove it. */
package dev.slipway.executor.cache;
