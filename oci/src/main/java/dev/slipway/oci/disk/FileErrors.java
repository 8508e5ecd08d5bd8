package dev.slipway.oci.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Describes in words what went wrong with a file. */
public final class FileErrors {

    /** The longest part of a path that is shown. */
    private static final int LONGEST = 1000;

    private FileErrors() {}

    /** The reason of a failure, with the file if there is one. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or directory";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return shortened(file.getFile()) + ": " + lowerCase(limit(file.getReason()));
        }
        if (e instanceof FileAlreadyExistsException there) {
            return there.getFile() + ": file exists";
        }
        if (e instanceof DirectoryNotEmptyException full) {
            return full.getFile() + ": directory not empty";
        }
        if (e instanceof NotDirectoryException file) {
            return file.getFile() + ": not a directory";
        }
        return e.getMessage() == null ? "input or output failed" : lowerCase(e.getMessage());
    }

    /** The kernel does not tell the limit. */
    private static String limit(String reason) {
        return reason.equals("File name too long")
                ? "the path is too long; Linux takes 4095 bytes, and 255 of one name"
                : reason;
    }

    private static String shortened(String file) {
        return file.length() <= LONGEST ? file : file.substring(0, LONGEST) + "...";
    }

    private static String lowerCase(String reason) {
        boolean sentence = reason.length() > 1 && Character.isLowerCase(reason.charAt(1));
        return sentence ? Character.toLowerCase(reason.charAt(0)) + reason.substring(1) : reason;
    }
}
