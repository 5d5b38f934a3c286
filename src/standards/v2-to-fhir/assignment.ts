/**
 * What a row assigns: texts and values one behind the other, `"+"+XTN.5+" "+XTN.6`, or the answer of a function,
 * `@plus(AIG-8, AIG-11, AIG-12)`. The plus signs may be missing, as the sheets leave them out.
 */
export type Assignment =
  | { readonly is: "joined"; readonly parts: readonly ({ readonly text: string } | { readonly subject: string })[] }
  | { readonly is: "function"; readonly name: string; readonly subjects: readonly string[] };

/** Undefined when the text is no assignment. */
export function parseAssignment(text: string): Assignment | undefined {
  const [, name, list = ""] = /^@([a-z0-9-]+)\(([^)]*)\)$/.exec(text) ?? [];
  if (name !== undefined)
    return { is: "function", name, subjects: list.split(",").flatMap((part) => part.trim() || []) };
  const parts: ({ readonly text: string } | { readonly subject: string })[] = [];
  const part = /\s*\+?\s*(?:"([^"]*)"|'([^']*)'|\[(line feed)\]|([A-Z][A-Z0-9]{1,2}[-.]\d+(?:\.\d+)*))\s*/y;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (found === null) return undefined;
    const [, double, single, feed, subject] = found;
    parts.push(subject === undefined ? { text: feed === undefined ? (double ?? single ?? "") : "\n" } : { subject });
  }
  return parts.length === 0 ? undefined : { is: "joined", parts };
}

/** What remarks and sums of the sheets come to; by the fingerprint between strokes, or by the text. */
export const assignmentDecisions: Readonly<Record<string, string>> = {
  "/986dd9/": "@sender-system(MSH-3, MSH-4)",
  "/dc8eae/": "@message-base64()",
  "/28d0b2/": "@now()",
  "/3670f1/": "@now()",
  "/d85fca/": '"user-friendly-name"',
  "/8ceb86/": '"wa"',
  "/3b3d79/": "@base64(ED.5, ED.4)",
  "/a59ac5/": "@minutes(CQ.1, CQ.2)",
  "/f10db5/": "@day()",
  "/468922/": "@minutes(RPT.9, RPT.10)",
  "/d9f4ee/": "@full-name(XPN.5, XPN.2, XPN.3, XPN.1.1, XPN.4)",
  "/451421/": "@plus(AIG-8, AIG-9, AIG-10)",
  "/d4e5d0/": "@plus(AIL-6, AIL-7, AIL-8)",
  "/f55093/": "@plus(AIP-6, AIP-7, AIP-8)",
  "/68fbed/": "@plus(AIS-4, AIS-5, AIS-6)",
  "/c03dbb/": '"MTH"',
  "Appointment.participant.period.start + AIG-11": "@plus(AIG-8, AIG-11, AIG-12)",
  "Appointment.participant.period.start + AIL-9": "@plus(AIL-6, AIL-9, AIL-10)",
  "Appointment.participant.period.start + AIP-9": "@plus(AIP-6, AIP-9, AIP-10)",
  "Appointment.participant.period.start + AIS-7": "@plus(AIS-4, AIS-7, AIS-8)",
  "ServiceRequest.occurrencePeriod.start+ AIS-7": "@plus(AIS-4, AIS-7, AIS-8)",
  "Procedure.performedPeriod.start+PR1-7": "@plus(PR1-5, PR1-7)",
  "occurrenceTiming.boundPeriod.start + TQ1-6": "@plus(TQ1-7, TQ1-6.1, TQ1-6.2)",
  "occurrenceTiming.boundPeriod.end - TQ1-6": "@minus(TQ1-8, TQ1-6.1, TQ1-6.2)",
};

/** Remarks that say no more than that the value is to be converted, which it always is. */
export const plainRemarks: ReadonlySet<string> = new Set(["/7cc4ed/", "/c5a48d/", "/5bb431/", "/d36369/", "/0a2376/"]);

/** Remarks that nothing can be made of: their rows are listed. */
export const listedRemarks: Readonly<Record<string, string>> = {
  "/23cadc/": "the guide has no code for software yet",
  "/b06a66/": "no policy is known to the mapping",
  "/e9f711/": "whoever runs the mapping says so in its own Provenance",
  "/9e3cb3/": "the guide leaves the code to whoever runs it",
  "/bd8544/": "the reference row of the message links the mother to the patient",
};
