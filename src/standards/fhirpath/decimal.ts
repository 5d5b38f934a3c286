/** An exact decimal: `digits` / 10^`scale`. Trailing zeros stay, for a precision has been stated with them. */
export interface Decimal {
  readonly is: "decimal";
  readonly digits: bigint;
  readonly scale: number;
}

/** Decimals with more digits before or behind the point are cut behind, and have no value before. */
const digitsMax = 400n;
const scaleMax = 40;
const wholeMax = 10n ** digitsMax;
/** Places of a quotient that does not end. */
const quotientScale = 16;

const pattern = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

export function decimalOf(digits: bigint, scale: number): Decimal {
  return { is: "decimal", digits, scale };
}

/** Undefined where the text is no number, or one beyond every use. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > 400) return undefined;
  const parts = pattern.exec(text);
  if (parts === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent] = parts;
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const scale = fraction.length - Number(exponent ?? 0);
  if (Math.abs(scale) > 400) return undefined;
  return scale >= 0 ? decimalOf(digits, scale) : decimalOf(digits * 10n ** BigInt(-scale), 0);
}

/** From JavaScript's arithmetic: 15 digits, as the last ones are noise. */
export function decimalFrom(value: number): Decimal | undefined {
  if (!Number.isFinite(value)) return undefined;
  const exact = Number.isInteger(value) && Math.abs(value) < 1e15;
  return parseDecimal(exact ? String(value) : String(Number(value.toPrecision(15))));
}

export function toNumber(decimal: Decimal): number {
  return Number(decimalText(decimal));
}

export function decimalText({ digits, scale }: Decimal): string {
  if (scale === 0) return digits.toString();
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  return `${digits < 0n ? "-" : ""}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

function pow10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** The digits at a larger scale. */
function digitsAt({ digits, scale }: Decimal, wanted: number): bigint {
  return scale === wanted ? digits : digits * pow10(wanted - scale);
}

export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = digitsAt(left, scale) - digitsAt(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return decimalOf(digitsAt(left, scale) + digitsAt(right, scale), scale);
}

export function negate({ digits, scale }: Decimal): Decimal {
  return decimalOf(-digits, scale);
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return add(left, negate(right));
}

/** Undefined beyond all bounds. */
export function multiply(left: Decimal, right: Decimal): Decimal | undefined {
  const product = decimalOf(left.digits * right.digits, left.scale + right.scale);
  if (product.digits > wholeMax || product.digits < -wholeMax) return undefined;
  return product.scale > scaleMax ? rounded(product, scaleMax) : product;
}

/** Undefined where the divisor is zero. */
export function divide(left: Decimal, right: Decimal): Decimal | undefined {
  if (right.digits === 0n) return undefined;
  const scale = quotientScale + 1;
  const dividend = left.digits * pow10(scale + right.scale);
  const quotient = dividend / (right.digits * pow10(left.scale));
  return withoutZeros(rounded(decimalOf(quotient, scale), quotientScale));
}

/** The whole quotient, cut towards zero. */
export function divideWhole(left: Decimal, right: Decimal): bigint | undefined {
  if (right.digits === 0n) return undefined;
  const scale = Math.max(left.scale, right.scale);
  return digitsAt(left, scale) / digitsAt(right, scale);
}

export function remainder(left: Decimal, right: Decimal): Decimal | undefined {
  if (right.digits === 0n) return undefined;
  const scale = Math.max(left.scale, right.scale);
  return decimalOf(digitsAt(left, scale) % digitsAt(right, scale), scale);
}

function withoutZeros({ digits, scale }: Decimal): Decimal {
  let [shorter, places] = [digits, scale];
  while (places > 0 && shorter % 10n === 0n) [shorter, places] = [shorter / 10n, places - 1];
  return decimalOf(shorter, places);
}

/** To `scale` places, a half away from zero. A larger scale adds zeros. */
export function rounded(decimal: Decimal, scale: number): Decimal {
  if (scale >= decimal.scale) return decimalOf(digitsAt(decimal, scale), scale);
  const unit = pow10(decimal.scale - scale);
  const half = decimal.digits < 0n ? -(unit / 2n) : unit / 2n;
  return decimalOf((decimal.digits + half) / unit, scale);
}

/** To `scale` places, towards zero. */
export function truncated(decimal: Decimal, scale: number): Decimal {
  if (scale >= decimal.scale) return decimalOf(digitsAt(decimal, scale), scale);
  return decimalOf(decimal.digits / pow10(decimal.scale - scale), scale);
}

export function floor(decimal: Decimal): bigint {
  const whole = truncated(decimal, 0).digits;
  return decimal.digits < 0n && compareDecimals(decimal, decimalOf(whole, 0)) !== 0 ? whole - 1n : whole;
}

export function ceiling(decimal: Decimal): bigint {
  return -floor(negate(decimal));
}
