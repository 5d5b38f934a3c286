import { failed, incorrect, ok, type Result } from "#kernel";

/** `Identifier.system` of NHS numbers. Source: NHS England, UK Core (Identifier, NHS number). */
export const nhsNumberSystem = "https://fhir.nhs.uk/Id/nhs-number";

/**
 * The ten digits, where the text is an NHS number; spaces are passed over.
 * Problems: `wrong-nhs-number` where it has not ten digits, or the last is not the check digit of the others.
 * Source: NHS Data Dictionary, NHS NUMBER (modulus 11).
 */
export function checkNhsNumber(text: string): Result<string> {
  const digits = text.replace(/\s/g, "");
  if (!/^\d{10}$/.test(digits)) return wrong("An NHS number has ten digits.");
  if (nhsCheckDigit(digits.slice(0, 9)) !== Number(digits[9])) {
    return wrong("This is no NHS number: the last digit does not fit the others.");
  }
  return ok(digits);
}

/** The tenth digit for the first nine; undefined where there is none, so that no NHS number starts with these nine. */
export function nhsCheckDigit(nineDigits: string): number | undefined {
  const sum = [...nineDigits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = 11 - (sum % 11);
  if (check === 11) return 0;
  return check === 10 ? undefined : check;
}

/** `999 000 0018` for `9990000018`; a text of another length is returned as it is. */
export function formatNhsNumber(digits: string): string {
  return digits.length === 10 ? `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}` : digits;
}

function wrong(message: string): Result<string> {
  return failed(incorrect("wrong-nhs-number", message));
}
