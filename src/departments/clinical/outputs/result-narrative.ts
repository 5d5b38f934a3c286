import type { HospitalTime } from "#kernel";
import type { Narrative, Observation } from "#standards/fhir";
import { codedText } from "../chart/coded-text.ts";
import { interpretation, isAbnormal } from "../chart/interpretation.ts";
import { referenceRange } from "../chart/reference-range.ts";
import { resultValue } from "../chart/result-value.ts";

/** The results as a table for people, what deviates in bold: a receiver without our codes must not miss it. */
export function resultNarrative(observations: readonly Observation[], hospitalTime: HospitalTime): Narrative {
  const rows = observations.map((observation) => row(observation, hospitalTime)).join("");
  const head = "<tr><th>Test</th><th>Result</th><th>Flag</th><th>Reference range</th><th>Status</th></tr>";
  const table = rows === "" ? "<p>No results.</p>" : `<table><thead>${head}</thead><tbody>${rows}</tbody></table>`;
  return { status: "generated", div: `<div xmlns="http://www.w3.org/1999/xhtml">${table}</div>` };
}

function row(observation: Observation, hospitalTime: HospitalTime): string {
  const hasParts = (observation.hasMember ?? observation.component ?? []).length > 0;
  const value = resultValue(observation, { hasParts, hospitalTime });
  const flag = interpretation(observation.interpretation);
  const text = value.laidOut ? `<pre>${escaped(value.text)}</pre>` : escaped(value.text);
  const cells = [
    escaped(codedText(observation.code)?.text ?? ""),
    isAbnormal(flag) && !value.laidOut ? `<b>${text}</b>` : text,
    flag === undefined ? "" : isAbnormal(flag) ? `<b>${escaped(flag.text)}</b>` : escaped(flag.text),
    escaped(referenceRange(observation.referenceRange, value.unit)?.text ?? ""),
    escaped(observation.status),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>${partRows(observation, hospitalTime)}`;
}

/** Components, each a row of its own. */
function partRows({ component = [], status }: Observation, hospitalTime: HospitalTime): string {
  return component
    .map((part) => row({ resourceType: "Observation", status, ...part } as Observation, hospitalTime))
    .join("");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Characters that XML 1.0 cannot hold are shown as U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
