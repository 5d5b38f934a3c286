/**
 * Code systems whose codes can be told to be wrong by how they are written, without the code system at hand.
 * Source: SNOMED CT Release File Specification §6 (SCTID, Verhoeff check digit); LOINC Users' Guide (mod 10 check digit).
 */
const syntaxOf: ReadonlyMap<string, (code: string) => boolean> = new Map([
  ["http://snomed.info/sct", isSnomedCode],
  ["http://loinc.org", isLoincCode],
]);

/** Whether the code cannot be one of that system; false where nothing can be said. */
export function isMiswritten(system: string, code: string): boolean {
  return syntaxOf.get(system)?.(code) === false;
}

/** An expression in compositional grammar is taken as it is. */
function isSnomedCode(code: string): boolean {
  if (/[\s:+=|<{]/.test(code)) return true;
  return /^[1-9]\d{5,17}$/.test(code) && hasVerhoeffDigit(code);
}

const product = [
  "0123456789",
  "1234067895",
  "2340178956",
  "3401289567",
  "4012395678",
  "5987604321",
  "6598710432",
  "7659821043",
  "8765932104",
  "9876543210",
];
const permutation = [
  "0123456789",
  "1576283094",
  "5803796142",
  "8916043527",
  "9453126870",
  "4286573901",
  "2793806415",
  "7046913258",
];

/** Source: J. Verhoeff, Error Detecting Decimal Codes (1969): the group of the pentagon's symmetries. */
function hasVerhoeffDigit(code: string): boolean {
  let sum = 0;
  for (let place = 0; place < code.length; place += 1) {
    const digit = Number(code[code.length - 1 - place]);
    sum = Number(product[sum]?.[Number(permutation[place % 8]?.[digit])]);
  }
  return sum === 0;
}

/** Terms have a check digit: `2345-7`. Parts, answers, groups and lists are let pass: `LP14635-4`, `LA6576-8`. */
function isLoincCode(code: string): boolean {
  const found = /^(\d{1,7})-(\d)$/.exec(code);
  if (found === null) return /^(?:L[A-Z]\d{1,7}-\d|MTHU\d+)$/.test(code);
  return loincDigit(found[1] ?? "") === Number(found[2]);
}

function loincDigit(number: string): number {
  let sum = 0;
  for (let place = 0; place < number.length; place += 1) {
    const digit = Number(number[number.length - 1 - place]);
    const counted = place % 2 === 0 ? digit * 2 : digit;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return (10 - (sum % 10)) % 10;
}
