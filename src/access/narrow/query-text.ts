import type { Clause, ConceptsAsked, DateBounds, HistoryQuery, InstantBounds, Query } from "#record";

/**
 * What was asked for, for the audit: `Observation?patient=Patient/1&code=718-7&name=*`. Values stay where they are
 * references, ids, codes or times; every other one (names, numbers of patients, addresses) is a star, because the log
 * is read by people who may not see the record.
 */
export function queryText(query: Query): string {
  return `${query.kind}${query.all.length === 0 ? "" : "?"}${query.all.map(clauseText).join("&")}`;
}

export function historyText({ kind, id, sinceMs, at }: HistoryQuery): string {
  const asked = [
    ...(sinceMs === undefined ? [] : [`_since=${isoOf(sinceMs)}`]),
    ...(at === undefined ? [] : [`_at=${isoOf(at.fromMs)}..${isoOf(at.toMs)}`]),
  ];
  const since = asked.length === 0 ? "" : `?${asked.join("&")}`;
  return `${[kind, id, "_history"].filter((part) => part !== undefined).join("/")}${since}`;
}

const plainParameters: ReadonlySet<string> = new Set([
  "action",
  "category",
  "class",
  "code",
  "intent",
  "link",
  "outcome",
  "priority",
  "state",
  "status",
  "subtype",
  "type",
]);

function clauseText(clause: Clause): string {
  switch (clause.is) {
    case "key":
      return clause.any.map(keyText).join(",");
    case "text":
    case "written":
      return `${clause.parameter}=*`;
    case "date":
      return `${underText(clause)}${clause.parameter}=${clause.parameter.startsWith("birth") ? "*" : clause.any.map(dateText).join(",")}`;
    case "id":
      return `_id=${clause.any.join(",")}`;
    case "updated":
      return `_lastUpdated=${clause.any.map(instantText).join(",")}`;
    case "number":
      return `${underText(clause)}${clause.any[0]?.parameter.replace(/[$~].*$/s, "") ?? "number"}=*`;
    case "concepts":
      return `${clause.under[0]?.parameter}:${clause.asked.map(conceptsText).join(",")}`;
    case "term":
      return `${clause.parameter}:text=*`;
    case "present":
      return `${clause.parameter}:missing=false`;
    case "words":
      return clause.of === "narrative" ? "_text=*" : "_content=*";
    case "refers":
      return `${clause.parameters.join(",")}:${clause.to}.(${clause.all.map(clauseText).join("&")})`;
    case "referred":
      return `_has:${clause.from}:${clause.parameters.join(",")}:(${clause.all.map(clauseText).join("&")})`;
    case "near":
      return "near=*";
    case "lineage":
      return `${clause.parameters.join(",")}:${clause.direction}=${clause.ids.map((id) => `${clause.to}/${id}`).join(",")}`;
    case "all":
      return `(${clause.of.map(clauseText).join("&")})`;
    case "any":
      return `(${clause.of.map(clauseText).join("|")})`;
    case "not":
      return `not(${clauseText(clause.of)})`;
    case "never":
      return "_never";
  }
}

/** The key that the clause asks for too. */
function underText({ under }: { readonly under?: string }): string {
  return under === undefined ? "" : `${keyText(under)}&`;
}

function conceptsText(asked: ConceptsAsked): string {
  return asked.is === "in" ? `in=${asked.url}` : `${asked.is}=${asked.system}|${asked.code}`;
}

const referencePattern = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;

function keyText(key: string): string {
  const at = key.indexOf("=");
  const [parameter, value] = [key.slice(0, at), key.slice(at + 1)];
  return plainParameters.has(parameter) || referencePattern.test(value) ? key : `${parameter}=*`;
}

function dateText({ fromMinMs, fromMaxMs, toMinMs, toMaxMs }: DateBounds): string {
  return `${timeText(fromMinMs ?? toMinMs)}..${timeText(toMaxMs ?? fromMaxMs)}`;
}

function instantText({ minMs, maxMs }: InstantBounds): string {
  return `${timeText(minMs)}..${timeText(maxMs)}`;
}

function timeText(ms: number | undefined): string {
  return ms === undefined ? "" : isoOf(ms);
}

/** Times beyond what a calendar holds are open ends. */
function isoOf(ms: number): string {
  return Math.abs(ms) > 8.64e15 ? "" : new Date(ms).toISOString();
}
