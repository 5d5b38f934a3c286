import type { Segment, Value } from "#standards/hl7v2";
import { postcodeArea } from "../areas.ts";
import { isCodeOfTable } from "../code-forms.ts";
import { compactYear, shiftCompactDate } from "../dates.ts";
import { wordsOf } from "../dicom/people.ts";
import { madeUpName, madeUpTelephone } from "../made-up.ts";
import type { Keyed } from "../project.ts";
import type { RuleSet } from "../rule.ts";
import type { RuleCounts } from "../walking.ts";
import {
  ageCodes,
  codeSystem,
  codeText,
  type FieldMethod,
  localTestCode,
  measuredFields,
  resultText,
  testCode,
} from "./field-rules.ts";

/** One message on its way. */
export interface FieldWalk {
  readonly ruleSet: RuleSet;
  readonly keyed: Keyed;
  readonly counts: RuleCounts;
  readonly days: number;
  readonly yearMin: number;
  /** Names and numbers of the people in this message: no list of one's own may have them for a code. */
  readonly people: ReadonlySet<string>;
}

export interface FieldUse {
  /** `PID-3` */
  readonly position: string;
  readonly dataType: string | undefined;
  readonly method: FieldMethod | undefined;
  readonly segment: Segment;
}

/** What is left of one repetition of a field, as it is written; empty where nothing is. */
export function keptRepetition(value: Value, use: FieldUse, walk: FieldWalk): string {
  if (use.method === "whole") return value.raw;
  if (value.isNull) return value.raw;
  if (value.isEmpty) return "";
  const parts =
    use.method === undefined ? partsByType(value, use.dataType, walk) : partsBy(use.method, value, { use, walk });
  return withoutTrailing(
    parts.join(use.segment.encoding.delimiters.component),
    use.segment.encoding.delimiters.component,
  );
}

/** Separators behind the last value say nothing. */
export function withoutTrailing(text: string, separator: string): string {
  let end = text.length;
  while (separator !== "" && end > 0 && text.endsWith(separator, end)) end -= separator.length;
  return text.slice(0, end);
}

interface Using {
  readonly use: FieldUse;
  readonly walk: FieldWalk;
}

function partsBy(method: FieldMethod, value: Value, { use, walk }: Using): readonly string[] {
  const { keyed } = walk;
  const first = value.component(1).text;
  switch (method) {
    case "code":
      return codeParts(value, use);
    case "test":
      return testParts(value, { use, walk });
    case "number":
      return [/^[-+]?\d{1,7}(?:\.\d{1,6}){0,3}$/.test(first) ? first : ""];
    case "result":
      return [resultText.test(first.trim()) ? first : ""];
    case "date":
      return [dateText(first, walk)];
    case "pseudonym":
      // Its kind stays: a hospital number, a visit.
      return [keyed.identifier(first), "", "", "PSEUDONYM", kindOf(value, use)];
    case "short-pseudonym":
      return [keyed.shortIdentifier(first)];
    case "place":
      return [keyed.shortIdentifier(first)];
    case "text":
      return [keyed.isReviewed(first) ? value.component(1).raw : ""];
    case "value":
      return observationParts(value, { use, walk });
    case "whole":
      return [value.raw];
  }
}

/** Of a coded element the texts and systems go, as they are where a code belongs. */
function codeParts(value: Value, { dataType = "" }: FieldUse): readonly string[] {
  const isCoded = ["CE", "CWE", "CNE"].includes(dataType);
  return value.parts.map(({ raw }, index) => (codeText.test(raw) && (!isCoded || index === 0) ? raw : ""));
}

function kindOf(value: Value, { dataType }: FieldUse): string {
  const kind = value.component(5).text;
  return dataType === "CX" && /^[A-Z]{1,5}$/.test(kind) ? kind : "";
}

/** Code, text, system, and the same again. Texts stay if they were reviewed. */
function testParts(value: Value, { use, walk }: Using): readonly string[] {
  return [1, 4].flatMap((start) => {
    const [code, text, system] = [0, 1, 2].map((index) => value.component(start + index));
    if (code === undefined || text === undefined || system === undefined) return [];
    const isPublished = codeSystem.test(system.raw) && testCode.test(code.raw) && isCodeOfTable(system.raw, code.raw);
    const isLocal =
      start === 1 &&
      measuredFields.has(use.position) &&
      localTestCode.test(code.raw) &&
      !wordsOf(code.text).some((word) => walk.people.has(word));
    const kept = isPublished || isLocal ? code.raw : "";
    return [kept, walk.keyed.isReviewed(text.text) ? text.raw : "", isPublished ? system.raw : ""];
  });
}

function dateText(text: string, { ruleSet, days, yearMin }: FieldWalk): string {
  const kept = ruleSet.dates === "dateShift" ? shiftCompactDate(text, days, yearMin) : compactYear(text, yearMin);
  return kept ?? "";
}

/** OBX-5 by OBX-2; texts only where they say a result. */
function observationParts(value: Value, { use, walk }: Using): readonly string[] {
  const type = use.segment.field(2).text;
  switch (type) {
    case "NM":
      return [youngerThan90(partsBy("number", value, { use, walk })[0] ?? "", use)];
    case "SN":
      return value.parts.map(({ text }) =>
        /^(?:[<>=]{1,2}|[-+:/]|[-+]?\d{1,7}(?:\.\d{1,6})?)$/.test(text) ? text : "",
      );
    case "ST":
      return resultText.test(value.text.trim()) ? [value.text] : partsBy("text", value, { use, walk });
    case "CE":
    case "CWE":
    case "CNE":
      return testParts(value, { use, walk });
    case "DT":
    case "TS":
    case "DTM":
      return partsBy("date", value, { use, walk });
    case "TM":
      return [/^\d{2,6}(?:\.\d{1,4})?$/.test(value.text) ? value.text : ""];
    default:
      return [];
  }
}

/** An age over 89 becomes 90; of units other than years it goes. */
function youngerThan90(text: string, { segment }: FieldUse): string {
  if (!ageCodes.has(segment.field(3).component(1).text) || Number(text) <= 89) return text;
  const unit = segment.field(6).component(1).text;
  return /^(?:a|y|yr|yrs|years?)?$/i.test(unit) ? "90" : "";
}

/** Data types that need more than one rule for the whole; none of any other type. */
function partsByType(value: Value, dataType: string | undefined, walk: FieldWalk): readonly string[] {
  const { keyed, ruleSet } = walk;
  switch (dataType) {
    case "XPN":
      return nameParts(value.component(1).subcomponent(1).text, value.component(2).text, walk);
    case "XCN": {
      const id = value.component(1).text;
      const name = nameParts(value.component(2).subcomponent(1).text, value.component(3).text, walk);
      return [id === "" ? "" : keyed.identifier(id), ...name];
    }
    case "XON": {
      const id = value.component(10).text || value.component(3).text;
      return id === "" ? [] : ["", "", "", "", "", "", "", "", "", keyed.identifier(id)];
    }
    case "XAD":
      return addressParts(value, ruleSet.name === "testing");
    case "XTN":
      return ruleSet.name === "testing" ? [madeUpTelephone(keyed, value.text)] : [];
    case "EIP":
      return [keyed.identifier(value.component(1).subcomponent(1).text)];
    default:
      return [];
  }
}

function nameParts(family: string, given: string, { keyed, ruleSet }: FieldWalk): readonly string[] {
  if (ruleSet.names !== "substitute" || family + given === "") return [];
  const name = madeUpName(keyed, family, given);
  return [name.family, name.given];
}

/** State, area and country alone; for tests a street and town that nobody lives in. */
function addressParts(value: Value, isFilled: boolean): readonly string[] {
  const state = value.component(4).text;
  const country = value.component(6).text;
  return [
    isFilled ? "1 ZZZ Test Street" : "",
    "",
    isFilled ? "ZZZ Testham" : "",
    /^[A-Z]{2}$/.test(state) ? state : "",
    postcodeArea(value.component(5).text) ?? "",
    /^[A-Z]{2,3}$/.test(country) ? country : "",
  ];
}
