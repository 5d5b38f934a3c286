import type { Interpretation, ReportStatus, Result, ResultValue } from "#departments/clinical/api";

/** Short ways to say what the recorded replies are made of. */
export const statuses = {
  final: { code: "final", text: "Final", tone: "final", stands: true },
  preliminary: { code: "preliminary", text: "Preliminary", tone: "preliminary", stands: true },
  corrected: { code: "corrected", text: "Corrected", tone: "corrected", stands: true },
  cancelled: { code: "cancelled", text: "Cancelled", tone: "cancelled", stands: false },
} as const satisfies Record<string, ReportStatus>;

export const flags = {
  high: { code: "H", text: "High", tone: "abnormal", direction: "high" },
  low: { code: "L", text: "Low", tone: "abnormal", direction: "low" },
  criticalHigh: { code: "HH", text: "Critically high", tone: "critical", direction: "high" },
  abnormal: { code: "A", text: "Abnormal", tone: "abnormal" },
  normal: { code: "N", text: "Normal", tone: "normal" },
  susceptible: { code: "S", text: "Susceptible", tone: "susceptible" },
  resistant: { code: "R", text: "Resistant", tone: "resistant" },
} as const satisfies Record<string, Interpretation>;

export const loinc = "http://loinc.org";

export interface Measured {
  readonly name: string;
  readonly code: string;
  readonly number: number;
  readonly unit: string;
  readonly low?: number;
  readonly high?: number;
  /** Above this the laboratory telephones. */
  readonly criticalHigh?: number;
}

/** `3.5 - 5.3`, `<5`, `>90`. */
export function rangeText({ low, high }: Pick<Measured, "low" | "high">): string | undefined {
  if (low !== undefined && high !== undefined) return `${low} - ${high}`;
  if (high !== undefined) return `<${high}`;
  return low === undefined ? undefined : `>${low}`;
}

export function numberValue(number: number, unit: string): ResultValue {
  return { kind: "number", text: `${number} ${unit}`.trim(), amount: String(number), number, unit };
}

const empty = { performers: [], notes: [], earlier: [], parts: [], attachments: [], version: 1 } as const;

/** A measured result, flagged by its range unless said otherwise. */
export function measured(id: string, test: Measured, over: Partial<Result> = {}): Result {
  const flag = flagFor(test);
  const range = rangeText(test);
  return {
    id,
    name: { text: test.name, code: test.code, system: loinc },
    value: numberValue(test.number, test.unit),
    status: statuses.final,
    ...empty,
    ...(range === undefined ? {} : { range }),
    ...(test.low === undefined ? {} : { rangeLow: test.low }),
    ...(test.high === undefined ? {} : { rangeHigh: test.high }),
    ...(flag === undefined ? {} : { interpretation: flag }),
    ...over,
  };
}

export function worded(id: string, name: string, value: ResultValue, over: Partial<Result> = {}): Result {
  return { id, name: { text: name }, value, status: statuses.final, ...empty, ...over };
}

type Bounded = Pick<Measured, "number" | "low" | "high" | "criticalHigh">;

export function flagFor({ number, low, high, criticalHigh }: Bounded): Interpretation | undefined {
  if (criticalHigh !== undefined && number > criticalHigh) return flags.criticalHigh;
  if (high !== undefined && number > high) return flags.high;
  return low !== undefined && number < low ? flags.low : undefined;
}
