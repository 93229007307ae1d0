// The word by which a fast reading says that the log must be read in the ordinary way.

/** Thrown where the fast way cannot be sure to read what the ordinary one reads. */
export class StepBack extends Error {
  override readonly name = "StepBack";
}
