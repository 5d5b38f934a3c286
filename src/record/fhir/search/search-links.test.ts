/** What a search finds through references, filters and terminology, against a real database. FHIR R4 §3.1.1.4.16 on. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failed, notFound, ok } from "#kernel";
import { loinc, searchWard } from "../../../../test/search-ward.ts";
import type { SearchConcepts } from "../../documents/concepts.ts";

const concepts: SearchConcepts = {
  expandForSearch: async (url) =>
    url === "urn:vs:body"
      ? ok([
          { system: loinc, code: "29463-7" },
          { system: "http://hl7.org/fhir/administrative-gender", code: "male" },
        ])
      : failed(notFound("value-set-unknown", "There is no such value set.")),
  descendants: async (_, code) => ok([code, `${code}006`]),
  ancestors: async (_, code) => ok([code, "2823-3"]),
};

const { find, door } = await searchWard(undefined, { concepts: () => concepts });
const unwired = await searchWard([]);

const falls = "http://example.org/Questionnaire/falls";
const answered = { resourceType: "QuestionnaireResponse", status: "stopped" };
const asks = { resourceType: "Questionnaire", status: "active", url: falls };
const care = "http://example.org/PlanDefinition/falls";
const requested = { status: "active", intent: "order", subject: { reference: "Patient/osei" } };
for (const body of [
  { ...asks, id: "falls-1", version: "1", title: "Slips and falls" },
  { ...asks, id: "falls-2", version: "2", title: "Falls" },
  { ...asks, id: "unnamed", url: `${falls}/other`, title: "Unnamed" },
  { ...answered, id: "first", questionnaire: `${falls}|1`, subject: { reference: "Patient/osei" } },
  { ...answered, id: "second", questionnaire: `${falls}|2`, status: "completed" },
  { ...answered, id: "any", questionnaire: falls },
  { resourceType: "PlanDefinition", id: "care", url: care, status: "active", title: "Falls" },
  { resourceType: "ServiceRequest", id: "care", ...requested, instantiatesCanonical: [care] },
  {
    resourceType: "Task",
    id: "task",
    status: "ready",
    intent: "order",
    basedOn: [{ reference: "ServiceRequest/care" }],
  },
]) {
  await door.send(`PUT /${body.resourceType}/${body.id}`, { body });
}

type Cases = readonly (readonly [search: string, ...ids: string[]])[];

const tables: Readonly<Record<string, Cases>> = {
  "a chain": [
    ["Observation?subject.name=osei", "potassium", "high"],
    ["Observation?patient.gender=male", "weight", "smoking", "swapped"],
    ["Observation?subject:Patient.identifier=urn:nhs|9990000018&status=final", "potassium", "high"],
    ["Observation?encounter.service-provider.name=labor", "potassium"],
    ["Observation?encounter.service-provider.partof.name=northern", "potassium"],
    ["Observation?patient.organization.partof.name=northern", "potassium", "high"],
    ["Observation?patient.gender:not=male", "potassium", "high"],
    ["Observation?patient.general-practitioner.name=lind,none", "potassium", "high"],
    ["Observation?performer:Practitioner.identifier=urn:gmc|7", "potassium"],
    ["Patient?organization.name=nowhere"],
    ["Patient?organization.active:missing=true", "osei"],
  ],
  "a reverse chain": [
    ["Patient?_has:Observation:patient:code=2823-3", "osei"],
    ["Patient?_has:Observation:subject:code=29463-7,2823-3", "osei", "oneill"],
    ["Patient?_has:Observation:patient:value-quantity=gt80&gender=male", "oneill"],
    ["Organization?_has:Patient:organization:_has:Observation:patient:code=2823-3", "lab"],
    ["Practitioner?_has:Patient:general-practitioner:name=osei", "lindqvist"],
    ["Organization?_has:Patient:organization:birthdate=lt1960", "lab"],
    ["Encounter?_has:Observation:encounter:patient.name=osei", "visit"],
    ["Patient?_has:Observation:patient:code=nothing"],
    ["Patient?_has:List:item:_id=round", "osei", "nobody"],
    ["Observation?patient._has:Encounter:patient:status=in-progress", "potassium", "high"],
  ],
  "a chain by canonical urls": [
    ["QuestionnaireResponse?questionnaire.title=falls", "any", "second"],
    ["QuestionnaireResponse?questionnaire.title=slips", "any", "first"],
    ["QuestionnaireResponse?questionnaire.title=unnamed"],
    ["QuestionnaireResponse?questionnaire.title=falls&status=completed", "second"],
    ["QuestionnaireResponse?questionnaire.status=active", "any", "first", "second"],
    ["Questionnaire?_has:QuestionnaireResponse:questionnaire:status=completed", "falls-2"],
    ["Questionnaire?_has:QuestionnaireResponse:questionnaire:_id=any", "falls-1", "falls-2"],
    ["Questionnaire?_has:QuestionnaireResponse:questionnaire:subject.name=osei", "falls-1"],
    ["Task?based-on:ServiceRequest.instantiates-canonical:PlanDefinition.title=falls", "task"],
    ["QuestionnaireResponse?_filter=questionnaire.title sw slips and status eq stopped", "any", "first"],
  ],
  "a hierarchy": [
    ["Patient?organization:below=trust", "osei", "oneill"],
    ["Patient?organization:below=Organization/lab", "osei"],
    ["Patient?organization:above=lab", "osei", "oneill"],
    ["Patient?organization:above=Organization/trust", "oneill"],
    ["Organization?partof:below=trust", "lab"],
    ["Organization?partof:below=nowhere"],
    ["Observation?patient.organization:below=trust", "potassium", "high", "weight", "smoking", "swapped"],
    ["Organization?_has:Patient:organization:organization:below=trust", "lab", "trust"],
    ["Patient?_filter=organization sb Organization/trust", "osei", "oneill"],
  ],
  "a list": [
    ["Patient?_list=round", "osei", "nobody"],
    ["Patient?_list=round&gender=female", "osei"],
    ["Patient?_list=other"],
    ["Condition?_list=$current-problems", "asthma"],
    ["Condition?_list=$current-problems&patient=oneill"],
    ["AllergyIntolerance?_list=$current-allergies", "penicillin", "nuts"],
    ["AllergyIntolerance?_list=$current-drug-allergies", "penicillin"],
    ["MedicationRequest?_list=$current-medications", "salbutamol"],
  ],
  "a filter": [
    ['Patient?_filter=name eq "osei"', "osei"],
    ['Patient?_filter=name eq "ose"'],
    ['Patient?_filter=name sw "ose"', "osei"],
    ['Patient?_filter=name ew "EI"', "osei"],
    ['Patient?_filter=name co "eil"', "oneill"],
    ['Patient?_filter=family ne "osei"', "oneill", "nobody"],
    ["Patient?_filter=birthdate ge 1960 or gender eq female", "osei", "oneill"],
    ["Patient?_filter=not (gender eq male) and birthdate pr true", "osei"],
    ["Patient?_filter=birthdate pr false", "nobody"],
    ['Patient?_filter=organization.name eq "laboratory" or not (active eq true) and name sw unk', "osei", "nobody"],
    [
      "Observation?_filter=value-quantity gt 6 or component-code eq http://loinc.org|8480-6 and status eq final",
      "weight",
      "high",
      "swapped",
    ],
    ["Observation?_filter=patient re Patient/osei and code eq 2823-3", "potassium"],
    ["Observation?_filter=code in urn:vs:body", "weight"],
    ["Patient?_filter=gender eq female&birthdate=1957", "osei"],
    ["Observation?_filter=date po 2026-01-15", "weight"],
    ["Observation?_filter=encounter.date po 2026-03", "potassium"],
    ["Observation?_filter=encounter.date po 2025"],
    [
      'Observation?_filter=patient[gender eq male and name eq "o\'neill"].birthdate gt 1980',
      "weight",
      "smoking",
      "swapped",
    ],
    ["Observation?_filter=patient[gender eq female].birthdate gt 1980"],
    ["Observation?_filter=patient[organization[name sw lab].active pr false].gender eq female", "potassium", "high"],
    ["Observation?_filter=patient[organization[name sw lab].active pr true].gender eq female"],
  ],
  terminology: [
    ["Observation?code:in=urn:vs:body", "weight"],
    ["Observation?code:not-in=urn:vs:body&date=2026-02-02", "potassium"],
    ["Patient?gender:in=urn:vs:body", "oneill"],
    ["Observation?value-concept:below=urn:sct|8517", "smoking"],
    ["Observation?code:above=http://loinc.org|1", "potassium"],
    ["Observation?patient.gender:in=urn:vs:body&code=29463-7", "weight"],
  ],
};

for (const [what, cases] of Object.entries(tables)) {
  describe(`by ${what}`, () => {
    for (const [search, ...ids] of cases) {
      it(`${search}: ${ids.join(", ") || "nothing"}`, async () => {
        assert.deepEqual([...(await find(search))].sort(), [...ids].sort());
      });
    }
  });
}

describe("codes that terminology cannot name", () => {
  const answer = async (search: string, at = door) => {
    const { status, json } = await at.send(`GET /${search}`);
    return [status, (json.issue as { details: { text: string } }[])[0]?.details.text];
  };

  it("are refused where the value set is unknown", async () => {
    assert.deepEqual(await answer("Observation?code:in=urn:vs:other"), [404, "value-set-unknown"]);
  });

  it("are refused where no terminology is at hand", async () => {
    assert.deepEqual(await answer("Observation?code:in=urn:vs:body", unwired.door), [400, "unsupported-search"]);
  });
});

describe("the order of what is found", () => {
  const orders: Cases = [
    ["Patient?_sort=birthdate", "osei", "oneill", "nobody"],
    ["Patient?_sort=-birthdate", "oneill", "osei", "nobody"],
    ["Patient?_sort=family", "oneill", "osei", "nobody"],
    ["Patient?_sort=-_id", "osei", "oneill", "nobody"],
    ["Patient?_sort=gender", "osei", "oneill", "nobody"],
    ["Patient?_sort=-gender,_id", "oneill", "osei", "nobody"],
    ["Observation?_sort=status,-date", "high", "swapped", "potassium", "smoking", "weight"],
    ["Observation?_sort=value-quantity,_id", "potassium", "weight", "high", "smoking", "swapped"],
    ["Observation?_sort=-patient,code,_lastUpdated", "potassium", "high", "weight", "smoking", "swapped"],
    ["Observation?_sort=-status,_lastUpdated", "weight", "potassium", "smoking", "high", "swapped"],
    ["Observation?_sort=patient.birthdate,-_id", "potassium", "high", "weight", "swapped", "smoking"],
    ["Observation?_sort=-subject:Patient.birthdate,_id", "smoking", "swapped", "weight", "high", "potassium"],
    ["Observation?_sort=patient.organization.name,_id", "high", "potassium", "smoking", "swapped", "weight"],
    ["Patient?_sort=-organization.partof.name,_id", "osei", "nobody", "oneill"],
    ["Patient?_sort=general-practitioner:Practitioner.identifier,-_id", "osei", "oneill", "nobody"],
    ["Encounter?_sort=service-provider._id", "visit"],
    ["Observation?_sort=combo-code,_id", "potassium", "weight", "smoking", "high", "swapped"],
    ["Observation?_sort=-combo-value-quantity,_id", "high", "swapped", "weight", "potassium", "smoking"],
    ["Patient?_sort=deceased,_id", "nobody", "oneill", "osei"],
    ["ValueSet?_sort=-url", "colours-light", "colours"],
    ["RiskAssessment?_sort=-probability", "range", "risk"],
  ];
  for (const [search, ...ids] of orders) {
    it(`${search}: ${ids.join(", ")}`, async () => {
      assert.deepEqual(await find(search), ids);
      // The same, a row at a time, and back again.
      assert.deepEqual(await walk(`${search}&_count=1`), [ids, [...ids].reverse().slice(1)]);
    });
  }

  /** The ids on the way forwards to the last page, and those on the way back to the first. */
  async function walk(search: string): Promise<readonly (readonly string[])[]> {
    const ways: readonly string[][] = [[], []];
    let address: string | undefined = search;
    for (let [at, pages] = [0, 0]; address !== undefined && pages < pagesMax; pages += 1) {
      const { json } = await door.send(`GET /${address}`);
      const entries = (json.entry ?? []) as unknown as readonly { readonly resource: { readonly id: string } }[];
      ways[at]?.push(...entries.map(({ resource }) => resource.id));
      const links = json.link as readonly { readonly relation: string; readonly url: string }[];
      const to = (relation: string) => links.find((link) => link.relation === relation)?.url.replace(/^.*\/fhir\//, "");
      if (at === 0 && to("next") === undefined) at = 1;
      address = to(at === 0 ? "next" : "previous");
    }
    return ways;
  }
});

/** More than there are, so that a walk that goes round ends. */
const pagesMax = 30;
