/** The bounds of the simulator. Part of `limits`. */
export const simulatorLimits = {
  /** Messages of one run; a run with more is refused as incorrect. */
  simulatorMessagesMax: 200_000,
  /** Connections of one run; more are refused as incorrect. */
  simulatorConnectionsMax: 64,
  /** Runs that play at once; a further one fails as busy. */
  simulatorRunsMax: 4,
  /** Files that are sent to be played or expected in one request; more are refused as incorrect. */
  simulatorFilesMax: 20_000,
  /** Patients of a generated day; more are refused as incorrect. */
  simulatorPatientsMax: 5_000,
  /** Differences listed for one message; further ones are left out. */
  simulatorDifferencesMax: 50,
  /** Messages not as expected that a run lists; further ones are counted. */
  simulatorMismatchesMax: 200,
  /** Characters of a value that a difference shows; the rest is left out. */
  simulatorValueCharacters: 300,
  /** Messages that the built-in receiver keeps; further ones are acknowledged and counted. */
  simulatorReceivedMax: 200_000,
  /** Bytes of those; further ones are acknowledged and counted. */
  simulatorReceivedBytesMax: 512 * 1024 * 1024,
  /** Messages answered differently in two runs that a comparison lists; further ones are counted. */
  simulatorAnswersDifferMax: 200,
} as const;
