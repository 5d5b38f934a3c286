import type { RejectReason } from "./admission.ts";

export interface Rejection {
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

/** Source: PS3.8 Table 9-21. */
export const rejections: Readonly<Record<RejectReason, Rejection>> = {
  "calling-ae-unknown": { result: 1, source: 1, reason: 3 },
  "called-ae-unknown": { result: 1, source: 1, reason: 7 },
  "not-allowed": { result: 1, source: 1, reason: 1 },
  busy: { result: 2, source: 3, reason: 2 },
};

/** By source, then reason. Source: PS3.8 Table 9-21. */
const words: Readonly<Record<number, Readonly<Record<number, string>>>> = {
  1: {
    1: "no reason given",
    2: "application context not supported",
    3: "calling AE title not recognised",
    7: "called AE title not recognised",
  },
  2: { 1: "no reason given", 2: "protocol version not supported" },
  3: { 1: "temporary congestion", 2: "local limit exceeded" },
};

/** `called AE title not recognised` */
export function rejectionText({ source, reason }: Rejection): string {
  return words[source]?.[reason] ?? `source ${source}, reason ${reason}`;
}

/** By source and reason of an A-ABORT. Source: PS3.8 Table 9-26. */
export function abortText({ source, reason }: { readonly source: number; readonly reason: number }): string {
  if (source === 0) return "by its user";
  const reasons = [
    "no reason given",
    "unrecognised PDU",
    "unexpected PDU",
    "reason 3",
    "unrecognised parameter",
    "unexpected parameter",
    "invalid parameter",
  ];
  return `by its software: ${reasons[reason] ?? `reason ${reason}`}`;
}
