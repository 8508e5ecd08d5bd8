/** Makes images of results and writes them: as OCI layouts, as plain files, as archives. An output appears when it is whole. */
package dev.slipway.local.export;
