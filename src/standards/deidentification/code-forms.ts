/** Forms of the codes of published systems: what has another form is no code of theirs, and may be anybody's number. */

const digitsOfPeople = /\d{6}/;
const loincCode = /^(?:\d{1,5}|L[AGLP]\d{1,7})-\d$/;

const forms: readonly (readonly [prefix: string, isCode: (code: string) => boolean])[] = [
  ["http://loinc.org", (code) => loincCode.test(code)],
  ["http://snomed.info/", isSnomedText],
  ["https://dmd.nhs.uk", isSnomedText],
  ["http://www.nlm.nih.gov/research/umls/rxnorm", (code) => /^\d{1,8}$/.test(code)],
  ["http://hl7.org/fhir/sid/ndc", (code) => /^(?:\d{4,5}-\d{3,4}-\d{1,2}|\d{11})$/.test(code)],
];

/** Whether a code has the form of those of the system; those of others hold no long numbers. */
export function isCodeOf(system: string, code: string): boolean {
  const isCode = forms.find(([prefix]) => system.startsWith(prefix))?.[1];
  return isCode === undefined ? !digitsOfPeople.test(code) : isCode(code);
}

/** The same by the names of HL7's table 0396. */
export function isCodeOfTable(system: string, code: string): boolean {
  if (/^LN$/i.test(system)) return loincCode.test(code);
  if (/^(?:SCT|SNOMED-CT|DMD)$/i.test(system)) return isSnomedText(code);
  if (/^(?:RXNORM|NDC)$/i.test(system)) return /^(?:\d{1,8}|\d{11}|[\d-]{12,13})$/.test(code);
  return !digitsOfPeople.test(code);
}

/** One identifier, or an expression of several. Source: SNOMED CT, compositional grammar. */
function isSnomedText(code: string): boolean {
  if (!/^[\d+:=,{}<>()]+$/.test(code)) return false;
  const identifiers = code.match(/\d+/g) ?? [];
  return identifiers.length > 0 && identifiers.every(isSnomedId);
}

/** Source: SNOMED CT, SCTID: 6 to 18 digits, of which the last checks the others and the two before it say what it is of. */
function isSnomedId(id: string): boolean {
  return /^[1-9]\d{2,14}(?:0|1)[012]\d$/.test(id) && verhoeff(id) === 0;
}

/** The dihedral group D5, by its rule of multiplication; the permutations are powers of one. Source: Verhoeff, 1969. */
function verhoeff(digits: string): number {
  let check = 0;
  for (let index = 0; index < digits.length; index += 1) {
    let digit = Number(digits[digits.length - 1 - index]);
    for (let turn = 0; turn < index % 8; turn += 1) digit = permutation[digit] ?? 0;
    check = product(check, digit);
  }
  return check;
}

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

function product(one: number, other: number): number {
  if (one < 5) return other < 5 ? (one + other) % 5 : 5 + ((one + other) % 5);
  return other < 5 ? 5 + ((one - other + 10) % 5) : (one - other + 10) % 5;
}

/** Numbers of people have nine digits or more; a measured one that large is round. */
export function isMeasured(value: number): boolean {
  return Math.abs(value) < 1e8 || value % 1_000 === 0;
}
