const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2];

/**
 * The `place`-th NHS number of the range kept for tests (999 000 0000 to 999 999 9999) whose check digit exists.
 * Source: NHS Data Dictionary, NHS NUMBER (modulus 11).
 */
export function testNhsNumber(place: number): string {
  for (let at = place * 2; ; at += 1) {
    const body = `999${String(at % 1_000_000).padStart(6, "0")}`;
    const digit = checkDigitOf(body);
    if (digit !== undefined) return `${body}${digit}`;
  }
}

/** Undefined for the one number in eleven that has none. */
function checkDigitOf(body: string): number | undefined {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? undefined : digit;
}
