/** A chemistry result of 2 kB: one OBR, ten OBX, numbered so that patient, order and control id are its own. */
export interface OruMessage {
  readonly controlId: string;
  /** Between SB and EB CR, in ASCII. */
  readonly frame: string;
}

const tests = [
  ["2951-2^Sodium^LN^NA^Sodium^L", "138", "mmol/L", "133 - 146"],
  ["2823-3^Potassium^LN^K^Potassium^L", "4.1", "mmol/L", "3.5 - 5.3"],
  ["22664-7^Urea^LN^UREA^Urea^L", "5.6", "mmol/L", "2.5 - 7.8"],
  ["14682-9^Creatinine^LN^CREA^Creatinine^L", "71", "umol/L", "45 - 84"],
  ["14631-6^Bilirubin^LN^BILI^Total bilirubin^L", "9", "umol/L", "0 - 21"],
  ["1742-6^ALT^LN^ALT^Alanine aminotransferase^L", "24", "U/L", "10 - 35"],
  ["6768-6^ALP^LN^ALP^Alkaline phosphatase^L", "66", "U/L", "30 - 130"],
  ["1751-7^Albumin^LN^ALB^Albumin^L", "41", "g/L", "35 - 50"],
  ["2000-8^Calcium^LN^CA^Calcium^L", "2.31", "mmol/L", "2.20 - 2.60"],
  ["1988-5^C-reactive protein^LN^CRP^CRP^L", "3", "mg/L", "0 - 5"],
] as const;

const comment = "Analysed on the core laboratory track, method traceable to the reference procedure.";

export interface OruVariation {
  /** The number of the patient, where it is not that of the message. */
  readonly patient?: number;
  /** MSH-15 and MSH-16, which ask for enhanced mode: `AL|NE`. */
  readonly asks?: "AL|NE" | "AL|AL";
  /** Remarks are added until it is at least as long. */
  readonly bytesMin?: number;
}

export function anOruMessage(number: number, { patient = number, asks, bytesMin = 0 }: OruVariation = {}): OruMessage {
  const controlId = `B${number}`;
  const order = `${1_000_000 + number}`;
  const segments = [
    `MSH|^~\\&|PATHLAB|MEADOWLAB|CORRIDOR|MEADOW|20261123093000+0000||ORU^R01|${controlId}|P|2.4${asks === undefined ? "" : `|||${asks}`}`,
    `PID|1||H${1_000_000 + patient}^^^MEADOW^MR~${nhsNumber(patient)}^^^NHS^NH||Benchley^Ada${patient}^^^Ms^^L||19610412|F|||1 Meadow Lane^^Leeds^^LS1 1AA^^H`,
    `PV1|1|I|WARD4^BAY2^07^MEADOW||||C4471^Lindqvist^Ingrid^^^Dr^^^MEADOW`,
    `ORC|RE|P${order}|F${order}`,
    `OBR|1|P${order}|F${order}|BMP^Biochemistry profile^L|||20261123081500+0000|||||||20261123085000+0000|BLD|C4471^Lindqvist^Ingrid^^^Dr^^^MEADOW||||||20261123092500+0000||CH|F`,
    ...tests.map(
      ([test, value, units, range], at) =>
        `OBX|${at + 1}|NM|${test}||${value}|${units}|${range}|N|||F|||20261123081500+0000||K221^Okafor^Ben^^^Mr^^^MEADOW|CORE^Core laboratory track^L`,
    ),
    `NTE|1|L|${comment}`,
  ];
  return { controlId, frame: `\u000b${segments.join("\r")}\r${remarksFor(bytesMin, segments)}\u001c\r` };
}

/** As many NTE as bring it to that length. */
function remarksFor(bytesMin: number, segments: readonly string[]): string {
  const missing = bytesMin - segments.reduce((sum, { length }) => sum + length + 1, 0);
  const remark = (at: number) => `NTE|${at + 2}|L|${comment}\r`;
  return Array.from({ length: Math.max(0, Math.ceil(missing / remark(0).length)) }, (_, at) => remark(at)).join("");
}

/**
 * A number of the range kept for tests, with its check digit: one of every two in a row has one, so `number` and its
 * successor never share theirs. There are 500,000. Source: NHS Data Dictionary (NHS NUMBER).
 */
function nhsNumber(number: number): string {
  const base = 999_000_000 + 2 * (number % 500_000);
  return withCheckDigit(base) ?? withCheckDigit(base + 1) ?? "";
}

function withCheckDigit(base: number): string | undefined {
  const digits = String(base);
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? undefined : `${digits}${check}`;
}
