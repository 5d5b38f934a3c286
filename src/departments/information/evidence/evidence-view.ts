/** What Corridor can say of one outcome, now. */
export interface Evidence {
  readonly outcome: string;
  readonly title: string;
  /** One sentence with its numbers. */
  readonly says: string;
  /** Absent where there is nothing to measure it by yet. */
  readonly share?: number;
  readonly isMissing?: true;
}

export interface EvidencePage {
  /** Instant: the moment that all numbers are of. */
  readonly at: string;
  /** The position in the record up to which they count. */
  readonly position: number;
  readonly evidence: readonly Evidence[];
}
