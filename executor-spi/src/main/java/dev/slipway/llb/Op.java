package dev.slipway.llb;

/**
 * What one vertex does. The records hold exactly what the encoding holds, so that equal ops have equal bytes.
 *
 * <p>Numbers that name an input are positions in the vertex's list of inputs; {@link #NONE} stands for "no input", an empty
 * root.
 */
public sealed interface Op permits SourceOp, ExecOp, FileOp, MergeOp, DiffOp {

    /** An input position that stands for an empty root, and an output position that stands for "not kept". */
    int NONE = -1;

    /** Calls the visitor's method for this kind of op. */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method for each kind of op; a switch that the compiler keeps complete.
     *
     * @param <R> what a visit returns
     */
    interface Visitor<R> {

        R visitSource(SourceOp op);

        R visitExec(ExecOp op);

        R visitFile(FileOp op);

        R visitMerge(MergeOp op);

        R visitDiff(DiffOp op);
    }
}
