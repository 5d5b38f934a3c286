/** What a conformance suite reports. Each file beside this one is a suite and exports `run`. */
export interface SuiteResult {
  readonly passed: number;
  readonly total: number;
  /** Cases left out, each with its reason in the suite's own list; one that passes after all counts as a failure. */
  readonly excluded: number;
  /** What went wrong, a line a case. */
  readonly failures: readonly string[];
}

export interface Suite {
  run(): Promise<SuiteResult>;
}
