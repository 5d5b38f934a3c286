import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "#kernel";
import { indexEntriesOf } from "#record";
import { aConsent, actor, coding, concept, nobodySpecial, purpose, role } from "../../../test/builders/consent.ts";
import type { Asker } from "./asker.ts";
import { canDeny, deniedPart, nextChangeMs } from "./denied-part.ts";
import { isInPart } from "./is-in-part.ts";
import { readTerms } from "./read-terms.ts";

const now = Date.parse("2026-03-02T09:00:00Z");
const nurse: Asker = { ...nobodySpecial, roles: ["nurse"], references: new Set(["User/lamb", "Practitioner/lamb"]) };
const loinc = "http://loinc.org";

const observation = {
  resourceType: "Observation",
  id: "hiv",
  meta: {
    security: [coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV")],
    profile: ["http://example.org/hiv|2"],
  },
  status: "final",
  code: concept(loinc, "7917-8"),
  subject: { reference: "Patient/osei" },
  effectiveDateTime: "2025-06-01",
  performer: [{ reference: "Practitioner/adeyemi" }],
  basedOn: [{ reference: "ServiceRequest/request" }],
};

const links: Readonly<Record<string, readonly string[]>> = { "DiagnosticReport/report": ["Observation/hiv"] };

/** Whether the nurse, or another, is kept from the observation. */
function isDenied(provision: JsonObject | undefined, given: JsonObject = {}, asker: Asker = nurse): boolean {
  const read = readTerms(aConsent({ ...(provision === undefined ? {} : { provision }), ...given }));
  const entries = indexEntriesOf("Observation", observation);
  const part = deniedPart(read === undefined ? [] : [read.terms], asker, now);
  return isInPart({ kind: "Observation", id: "hiv", entries }, part, (reference) => links[reference] ?? []);
}

const deny = { type: "deny" };
const elsewhere = "https://elsewhere.example/fhir";

test("what another server has under the same number is neither this patient, this person nor this Consent", () => {
  const permit = { type: "permit", actor: [actor({ reference: `${elsewhere}/Practitioner/lamb` })] };
  assert.equal(
    isDenied(permit, { policyRule: concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTOUT") }),
    true,
  );
  assert.equal(readTerms(aConsent({ patient: { reference: `${elsewhere}/Patient/osei` } })), undefined);
  const url = "http://hl7.org/fhir/StructureDefinition/replaces";
  const extension = [{ url, valueReference: { reference: `${elsewhere}/Consent/1` } }];
  assert.deepEqual(readTerms(aConsent({ extension }))?.replaces, []);
});

test("a provision denies where all of its criteria are met, and only there", () => {
  const cases: readonly [string, JsonObject, boolean][] = [
    ["nothing but deny", deny, true],
    ["permit", { type: "permit" }, false],
    ["the nurse's role", { ...deny, actor: [role("nurse")] }, true],
    ["another role", { ...deny, actor: [role("doctor")] }, false],
    ["one of two roles", { ...deny, actor: [role("doctor"), role("nurse")] }, true],
    ["the nurse's account", { ...deny, actor: [actor({ identifier: coding2("User/lamb") })] }, true],
    ["the nurse as a practitioner", { ...deny, actor: [actor({ reference: "Practitioner/lamb" })] }, true],
    ["another practitioner", { ...deny, actor: [actor({ reference: "Practitioner/other" })] }, false],
    [
      "one of that number elsewhere",
      { ...deny, actor: [actor({ reference: `${elsewhere}/Practitioner/lamb` })] },
      true,
    ],
    ["a group that nobody knows the members of", { ...deny, actor: [actor({ reference: "Group/friends" })] }, true],
    ["an actor that is only described", { ...deny, actor: [actor({ display: "My neighbour" })] }, true],
    ["her purpose", { ...deny, purpose: [purpose("TREAT")] }, true],
    ["another purpose", { ...deny, purpose: [purpose("HRESCH")] }, false],
    ["a purpose below hers", { ...deny, purpose: [purpose("ETREAT")] }, true],
    ["seeing", { ...deny, action: [action("access")] }, true],
    ["correcting", { ...deny, action: [action("correct")] }, false],
    ["giving on", { ...deny, action: [action("disclose")] }, false],
    ["its type", { ...deny, class: [coding("http://hl7.org/fhir/resource-types", "Observation")] }, true],
    ["another type", { ...deny, class: [coding("http://hl7.org/fhir/resource-types", "Condition")] }, false],
    ["its profile", { ...deny, class: [coding("urn:ietf:rfc:3986", "http://example.org/hiv")] }, true],
    ["a class of an unknown kind", { ...deny, class: [coding("urn:ietf:bcp:13", "text/plain")] }, true],
    ["its code", { ...deny, code: [concept(loinc, "7917-8")] }, true],
    ["another code", { ...deny, code: [concept(loinc, "718-7")] }, false],
    ["a code in words alone", { ...deny, code: [{ text: "anything about blood" }] }, true],
    [
      "its label",
      { ...deny, securityLabel: [coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HIV")] },
      true,
    ],
    [
      "another label",
      { ...deny, securityLabel: [coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "SEX")] },
      false,
    ],
    ["a time that is over", { ...deny, period: { end: "2026-03-01" } }, false],
    ["this time", { ...deny, period: { start: "2026-03-02", end: "2026-03-02" } }, true],
    ["a time to come", { ...deny, period: { start: "2026-03-03" } }, false],
    ["the year of the data", { ...deny, dataPeriod: { start: "2025", end: "2025" } }, true],
    ["another year of data", { ...deny, dataPeriod: { start: "2024", end: "2024" } }, false],
    ["this document", { ...deny, data: [data("instance", "Observation/hiv")] }, true],
    ["what a report refers to", { ...deny, data: [data("related", "DiagnosticReport/report")] }, true],
    ["what hangs on a request", { ...deny, data: [data("dependents", "ServiceRequest/request")] }, true],
    ["what somebody wrote", { ...deny, data: [data("authoredby", "Practitioner/adeyemi")] }, true],
    ["what another wrote", { ...deny, data: [data("authoredby", "Practitioner/other")] }, false],
    ["an author as an actor", { ...deny, actor: [author("Practitioner/adeyemi")] }, true],
    ["another author as an actor", { ...deny, actor: [author("Practitioner/other")] }, false],
    ["an element that R4 does not have", { ...deny, limit: [concept(loinc, "x")] }, true],
    ["two criteria, one unmet", { ...deny, actor: [role("nurse")], code: [concept(loinc, "718-7")] }, false],
  ];
  for (const [name, provision, expected] of cases) assert.equal(isDenied(provision), expected, name);
});

test("a nested rule decides against the one around it, and a denial against a permission beside it", () => {
  const hiv = { code: [concept(loinc, "7917-8")] };
  const cases: readonly [string, JsonObject, boolean][] = [
    ["denied but for this code", { ...deny, provision: [{ type: "permit", ...hiv }] }, false],
    [
      "denied but for another code",
      { ...deny, provision: [{ type: "permit", code: [concept(loinc, "718-7")] }] },
      true,
    ],
    ["permitted but for this code", { type: "permit", provision: [{ ...deny, ...hiv }] }, true],
    [
      "an exception to the exception",
      { ...deny, provision: [{ type: "permit", provision: [{ ...deny, ...hiv }] }] },
      true,
    ],
    [
      "both beside each other",
      {
        ...deny,
        provision: [
          { type: "permit", ...hiv },
          { ...deny, ...hiv },
        ],
      },
      true,
    ],
    ["an exception for somebody else", { ...deny, provision: [{ type: "permit", actor: [role("doctor")] }] }, true],
    ["an exception that cannot be told", { ...deny, provision: [{ type: "permit", code: [{ text: "?" }] }] }, true],
    ["an exception outside its time", { ...deny, provision: [{ type: "permit", period: { end: "2020" } }] }, true],
  ];
  for (const [name, provision, expected] of cases) assert.equal(isDenied(provision), expected, name);
});

test("the base counts where no provision does, and a first provision without a type is an exception to it", () => {
  const out = { policyRule: concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTOUT") };
  const into = { policyRule: concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN") };
  const cases: readonly [string, JsonObject | undefined, JsonObject, boolean][] = [
    ["opted out", undefined, out, true],
    ["opted in", undefined, into, false],
    ["opted out but for nurses", { actor: [role("nurse")] }, out, false],
    ["opted out but for doctors", { actor: [role("doctor")] }, out, true],
    ["opted in but for nurses", { actor: [role("nurse")] }, into, true],
    ["opted out for a time that is over", { period: { end: "2020" } }, out, false],
    ["opted out for this year", { period: { start: "2026" } }, out, true],
    ["opted in for this year", { period: { start: "2026" } }, into, false],
    ["no base, and rules inside", { provision: [{ ...deny }] }, {}, true],
    ["something that changes its meaning", undefined, { modifierExtension: [{ url: "urn:x" }] }, true],
  ];
  for (const [name, provision, given, expected] of cases) assert.equal(isDenied(provision, given), expected, name);
});

test("only what is active and about privacy counts; what is about research counts for research", () => {
  const scope = (code: string) => ({ scope: concept("http://terminology.hl7.org/CodeSystem/consentscope", code) });
  const researcher = { ...nurse, purpose: "HRESCH" };
  for (const status of ["draft", "proposed", "rejected", "inactive", "entered-in-error"]) {
    assert.equal(isDenied(deny, { status }), false, status);
  }
  assert.equal(isDenied(deny, scope("adr")), false);
  assert.equal(isDenied(deny, scope("treatment")), false);
  assert.equal(isDenied(deny, scope("research")), false);
  assert.equal(isDenied(deny, scope("research"), researcher), true);
  assert.equal(isDenied(deny, scope("something-new")), true);
});

test("who is not known outside Corridor is kept out where a practitioner or an organisation is", () => {
  const unlinked = { ...nurse, references: new Set(["User/lamb"]), isUnlinked: true };
  assert.equal(isDenied({ ...deny, actor: [actor({ reference: "Practitioner/other" })] }, {}, unlinked), true);
  assert.equal(isDenied({ ...deny, actor: [actor({ reference: "Organization/trust" })] }, {}, unlinked), true);
  assert.equal(isDenied({ ...deny, actor: [actor({ reference: "RelatedPerson/son" })] }, {}, unlinked), false);
});

test("of several Consents each denial counts", () => {
  const terms = [{ type: "permit" }, { ...deny, actor: [role("nurse")] }].map(
    (provision) => readTerms(aConsent({ provision }))!.terms,
  );
  assert.equal(deniedPart(terms, nurse, now).is, "everything");
  assert.equal(deniedPart(terms, { ...nurse, roles: ["doctor"] }, now).is, "nothing");
});

test("it is known which Consents can deny, and when the next of their times begins or ends", () => {
  const termsOf = (provision: JsonObject) => readTerms(aConsent({ provision }))!.terms;
  assert.equal(canDeny(termsOf({ type: "permit" })), false);
  assert.equal(canDeny(termsOf({ type: "permit", provision: [deny] })), true);
  const timed = termsOf({ ...deny, period: { start: "2026-02-01", end: "2026-03-09" } });
  assert.equal(nextChangeMs([timed], now), Date.parse("2026-03-10T00:00:00Z"));
  assert.equal(nextChangeMs([timed], Date.parse("2027-01-01")), Number.POSITIVE_INFINITY);
});

test("what cannot be said within bounds denies everything", () => {
  const code = Array.from({ length: 600 }, (_, at) => concept(loinc, `${at}`));
  assert.equal(isDenied({ ...deny, code }), true);
});

function coding2(value: string): JsonObject {
  return { system: "urn:corridor:reference", value };
}

function action(code: string): JsonObject {
  return concept("http://terminology.hl7.org/CodeSystem/consentaction", code);
}

function data(meaning: string, reference: string): JsonObject {
  return { meaning, reference: { reference } };
}

function author(reference: string): JsonObject {
  return {
    role: concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "AUT"),
    reference: { reference },
  };
}
