/** `20261120` as `2026-11-20`; undefined for what is no date. Source: PS3.5 §6.2, DA. */
export function dayOf(text: string | undefined): string | undefined {
  const digits = text?.replaceAll(/[.-]/g, "") ?? "";
  return /^\d{8}/.test(digits) ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}` : undefined;
}

/** `101500.000` as `10:15`. Source: PS3.5 §6.2, TM. */
export function clockOf(text: string | undefined): string | undefined {
  const digits = text?.replaceAll(":", "") ?? "";
  return /^\d{4}/.test(digits) ? `${digits.slice(0, 2)}:${digits.slice(2, 4)}` : undefined;
}

/** `2026-11-20` as `20261120`, for a query; empty for what is no date. */
export function dicomDay(day: string | undefined): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(day ?? "") ? (day ?? "").replaceAll("-", "") : "";
}
