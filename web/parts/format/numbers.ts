/** `999 123 4567`; a number of another length comes back as it is. Source: NHS Data Dictionary, NHS NUMBER. */
export function formatNhsNumber(text: string): string {
  const digits = text.replaceAll(/\s/g, "");
  return /^\d{10}$/.test(digits) ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}` : text;
}

const counting = new Intl.NumberFormat("en-GB");

/** `12,345`. */
export function formatCount(count: number): string {
  return counting.format(count);
}

/** `1 message`, `2 messages`, `1,204 messages`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `512 bytes`, `2.1 kB`, `3.4 MB`; a kilobyte is 1,000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return countOf(bytes, "byte");
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
