/**
 * What a unit is of another, as a fraction times a power of ten. Kept apart so that decimal values stay decimal: 5.4 mg/dL is
 * exactly 54 g/m3.
 */
export interface Factor {
  readonly numerator: number;
  readonly denominator: number;
  readonly exponent: number;
}

export const one: Factor = { numerator: 1, denominator: 1, exponent: 0 };

/** `980665e-5`, `254e-2`, `5280`, `4.184`. */
export function factorOf(text: string): Factor {
  const [digits = "", power = "0"] = text.split("e");
  const [whole = "", part = ""] = digits.split(".");
  return trimmed({ numerator: Number(whole + part), denominator: 1, exponent: Number(power) - part.length });
}

export function times(a: Factor, b: Factor): Factor {
  return trimmed({
    numerator: a.numerator * b.numerator,
    denominator: a.denominator * b.denominator,
    exponent: a.exponent + b.exponent,
  });
}

export function toThePower({ numerator, denominator, exponent }: Factor, power: number): Factor {
  if (power >= 0) {
    return { numerator: numerator ** power, denominator: denominator ** power, exponent: exponent * power };
  }
  return { numerator: denominator ** -power, denominator: numerator ** -power, exponent: exponent * power };
}

/**
 * `value` of the unit in what the factor leads to. The value is taken as the decimal it is written as, so that what is
 * the same in two units is the same number to its last digit.
 */
export function scaled(value: number, { numerator, denominator, exponent }: Factor): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const decimal = decimalOf(value);
  return shifted((decimal.numerator * numerator) / denominator, decimal.exponent + exponent);
}

/** Most values have few decimals, and are found without writing them down. */
function decimalOf(value: number): Factor {
  for (let places = 0; places <= 4; places += 1) {
    const digits = Math.round(value * (tens[places] ?? 1));
    if (digits / (tens[places] ?? 1) === value) {
      return trimmed({ numerator: digits, denominator: 1, exponent: -places });
    }
  }
  return factorOf(String(value));
}

/** Powers of ten that are exact, so that one product or quotient with them is rounded once. */
const tens: readonly number[] = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

function shifted(value: number, power: number): number {
  const ten = tens[Math.abs(power)];
  if (ten !== undefined && Number.isSafeInteger(value)) return power < 0 ? value / ten : value * ten;
  const [digits, itsPower = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(itsPower) + power}`);
}

/** Zeros at the end go to the exponent, so that whole numbers stay exact for longer. */
function trimmed(factor: Factor): Factor {
  let { numerator, denominator, exponent } = factor;
  while (isTens(numerator)) {
    numerator /= 10;
    exponent += 1;
  }
  while (isTens(denominator)) {
    denominator /= 10;
    exponent -= 1;
  }
  return { numerator, denominator, exponent };
}

function isTens(count: number): boolean {
  return count !== 0 && Number.isSafeInteger(count) && count % 10 === 0;
}
