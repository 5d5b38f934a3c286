import assert from "node:assert/strict";
import { it } from "node:test";
import type { Clause } from "#record";
import { historyText, queryText } from "./query-text.ts";

const text = (...all: Clause[]) =>
  queryText({ kind: "Observation", all, sort: { by: "updated", descending: true }, limit: 20 });

it("the text of a search keeps references, codes and times", () => {
  assert.equal(text(), "Observation");
  assert.equal(
    text(
      { is: "key", any: ["patient=Patient/1"] },
      { is: "key", any: ["code=http://loinc.org|718-7", "code=718-7"] },
      { is: "date", parameter: "date", any: [{ fromMinMs: Date.UTC(2026, 2, 1), toMaxMs: Date.UTC(2026, 2, 2) }] },
      { is: "updated", any: [{ minMs: Date.UTC(2026, 2, 1) }] },
      { is: "id", any: ["a", "b"] },
    ),
    "Observation?patient=Patient/1&code=http://loinc.org|718-7,code=718-7" +
      "&date=2026-03-01T00:00:00.000Z..2026-03-02T00:00:00.000Z&_lastUpdated=2026-03-01T00:00:00.000Z..&_id=a,b",
  );
});

it("the text of a search hides what says who somebody is", () => {
  assert.equal(
    text(
      { is: "key", any: ["identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018"] },
      { is: "text", parameter: "name", match: "prefix", any: ["osei"] },
      { is: "date", parameter: "birthdate", any: [{ fromMinMs: 0 }] },
      { is: "key", any: ["telecom=01632 960101"] },
      { is: "key", any: ["subject=urn:Adaeze Osei"] },
    ),
    "Observation?identifier=*&name=*&birthdate=*&telecom=*&subject=*",
  );
});

it("a time that no calendar holds is an open end", () => {
  assert.equal(
    text({ is: "date", parameter: "date", any: [{ fromMinMs: -9e15, toMaxMs: 9e15 }] }),
    "Observation?date=..",
  );
});

it("the text of a history says of what", () => {
  assert.equal(historyText({ limit: 1 }), "_history");
  assert.equal(historyText({ kind: "Patient", id: "1", limit: 1 }), "Patient/1/_history");
  assert.equal(
    historyText({ kind: "Patient", sinceMs: 0, limit: 1 }),
    "Patient/_history?_since=1970-01-01T00:00:00.000Z",
  );
  assert.equal(
    historyText({ kind: "Patient", at: { fromMs: 0, toMs: 86_400_000 }, limit: 1 }),
    "Patient/_history?_at=1970-01-01T00:00:00.000Z..1970-01-02T00:00:00.000Z",
  );
});
