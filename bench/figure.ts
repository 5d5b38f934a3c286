/** One measured figure with its floor: the raw cost of the same work without Corridor. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor: number;
  /** What the floor is: `the same bytes inserted by unnest`. */
  readonly floorName: string;
  readonly wanted?: Wanted;
}

/** What a figure must be, and what it had better be, in its unit. */
export interface Wanted {
  readonly must: number;
  readonly aim?: number;
  /** Less is better. */
  readonly isMost?: true;
}

/** What a file of this folder exports. */
export interface Benchmark {
  run(): Promise<readonly Figure[]>;
}
