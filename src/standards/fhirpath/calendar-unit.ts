/** UCUM's code of what a calendar's word means, where a second is a second; a year and a month have none. */
const codes: Readonly<Record<string, string | undefined>> = {
  year: undefined,
  month: undefined,
  week: "wk",
  day: "d",
  hour: "h",
  minute: "min",
  second: "s",
  millisecond: "ms",
};

/** `year` for `year` and `years`; undefined for other words. Source: FHIRPath 2.0 §4.1.10 (Time-valued quantities). */
export function calendarWord(text: string): string | undefined {
  const singular = text.endsWith("s") ? text.slice(0, -1) : text;
  return Object.hasOwn(codes, singular) ? singular : undefined;
}

/** `d` for `day`; undefined for a year and a month, whose length is not that of UCUM's. */
export function definiteCode(word: string): string | undefined {
  return codes[word];
}

/** `year` for UCUM's `a`, for what does not mind the difference (`~`). */
export function wordOfCode(code: string): string | undefined {
  if (code === "a") return "year";
  if (code === "mo") return "month";
  return Object.keys(codes).find((word) => codes[word] === code);
}
