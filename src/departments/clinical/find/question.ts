import { checkNhsNumber, formatNhsNumber, normaliseText } from "#standards/fhir";
import { dateText } from "../chart/time-text.ts";

/** What a person typed to find a patient, taken apart. */
export interface Question {
  /** Ten digits each, check digit right. */
  readonly nhsNumbers: readonly string[];
  /** Other numbers, as typed. */
  readonly numbers: readonly string[];
  /** `1961-03-12`. */
  readonly born: readonly string[];
  /** Words of a name, normalised as the index has them. */
  readonly words: readonly string[];
  /** What was ten digits and is no NHS number. */
  readonly wrongNhsNumbers: readonly string[];
}

/**
 * `osei 12/03/1957`, `999 000 0018`, `H1042318`, `O'Neill, Cormac`: dates first, then ten digits, then words with a digit
 * as other numbers, and the rest as a name in any order.
 */
export function readQuestion(text: string): Question {
  const born: string[] = [];
  const tenDigits: string[] = [];
  const rest = text
    .replace(datePattern, (found) => {
      const date = dateOf(found);
      if (date === undefined) return found;
      born.push(date);
      return " ";
    })
    .replace(/(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])/g, (found) => {
      tenDigits.push(found.replace(/\D/g, ""));
      return " ";
    });
  const parts = rest.split(/[\s,;]+/).filter((part) => part !== "");
  const wrong = tenDigits.filter((digits) => !checkNhsNumber(digits).ok);
  return {
    nhsNumbers: tenDigits.filter((digits) => !wrong.includes(digits)),
    // ten digits that are no NHS number may still be a number of the hospital
    numbers: [...wrong, ...parts.filter((part) => /\d/.test(part))],
    born,
    words: parts.filter((part) => !/\d/.test(part)).map(normaliseText),
    wrongNhsNumbers: wrong,
  };
}

/** How the question was read, in words. */
export function questionText({ nhsNumbers, numbers, born, words }: Question): string {
  return [
    ...nhsNumbers.map((digits) => `NHS number ${formatNhsNumber(digits)}`),
    ...numbers.map((number) => `number ${number}`),
    ...(words.length === 0 ? [] : [`name ${words.join(" ")}`]),
    ...born.map((date) => `born ${dateText(date)}`),
  ].join(", ");
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const datePattern =
  /(?<![\w/.-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4})(?![\w/.-])/g;

/** Days come before months, as in Britain. Undefined for a day that does not exist. */
function dateOf(text: string): string | undefined {
  const parts = text.split(/[/. -]/);
  const [year = "", month = "", day = ""] = /^\d{4}/.test(text) ? parts : parts.toReversed();
  const monthNumber = /^\d/.test(month) ? Number(month) : months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const date = [year, String(monthNumber).padStart(2, "0"), day.padStart(2, "0")].join("-");
  const epochMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(date) ? date : undefined;
}
