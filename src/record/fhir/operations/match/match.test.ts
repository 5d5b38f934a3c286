/** FHIR R4 OperationDefinition/Patient-match; value set match-grade. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "#kernel";
import { checkResource } from "#standards/fhir";
import { origin, type Received } from "../../../../../test/doors/fhir.ts";
import { fhirWard } from "../../../../../test/doors/fhir-ward.ts";

const { door, doorFor, put } = await fhirWard();
const nhs = "https://fhir.nhs.uk/Id/nhs-number";

const osei = {
  resourceType: "Patient",
  identifier: [{ system: nhs, value: "9990000018" }],
  name: [{ family: "Osei", given: ["Abena", "Grace"] }],
  gender: "female",
  birthDate: "1957-03-04",
  address: [{ line: ["1 High Street"], city: "Leeds", postalCode: "LS1 4AP" }],
  telecom: [{ system: "phone", value: "0113 496 0000" }],
};
const { identifier, name, gender, birthDate, address } = osei;
const twin = { name: [{ family: "Osei", given: ["Efua"] }], gender, birthDate, address };
const patient = (id: string, more: object) => put({ resourceType: "Patient", id, ...more } as JsonObject);

await patient("osei", osei);
await patient("twin", twin);
await patient("stephen", {
  name: [{ family: "Lindqvist", given: ["Stephen"] }],
  gender: "male",
  birthDate: "1980-05-06",
});
const oneills = [
  ["Maeve", "1961-02-17"],
  ["Cormac", "1974-11-30"],
  ["Sinead", "1988-06-05"],
  ["Brendan", "1992-09-21"],
  ["Orla", "2003-12-08"],
] as const;
for (const [given, born] of oneills)
  await patient(given, { name: [{ family: "Oneill", given: [given] }], birthDate: born });

interface Graded {
  readonly resource: { readonly id: string };
  readonly search: { readonly score: number; readonly extension: readonly [{ readonly valueCode: string }] };
}

const graded = ({ json }: Received) =>
  ((json.entry ?? []) as unknown as Graded[]).map(
    ({ resource, search }) => `${resource.id} ${search.extension[0].valueCode}`,
  );

async function match(resource: object, more: readonly object[] = []): Promise<readonly string[]> {
  const parameter = [{ name: "resource", resource: { resourceType: "Patient", ...resource } }, ...more];
  const reply = await door.send("POST /Patient/$match", { body: { resourceType: "Parameters", parameter } });
  assert.equal(reply.status, 200, reply.text);
  assert.deepEqual(checkResource(reply.json), []);
  return graded(reply);
}

const named = (family: string, ...given: string[]) => [{ family, given }];

describe("$match finds", () => {
  const cases: readonly (readonly [about: string, asked: object, ...found: string[]])[] = [
    ["the person who agrees in all", osei, "osei certain", "twin probable"],
    ["a number with the name", { identifier, name }, "osei certain"],
    ["a name with a date of birth, as probable", { name, birthDate, gender }, "osei probable"],
    ["and with the address beside, as certain", { name, birthDate, gender, address }, "osei certain", "twin probable"],
    [
      "a telephone number written otherwise",
      { name, telecom: [{ value: "0113 496 0000" }], birthDate },
      "osei certain",
    ],
    ["day and month exchanged", { name, birthDate: "1957-04-03", gender }, "osei probable"],
    [
      "a name as it sounds",
      { name: named("Lindquist", "Steven"), birthDate: "1980-05-06", gender: "male" },
      "stephen probable",
    ],
    ["a slip in the name", { name: named("Oesi", "Abena"), birthDate }, "osei probable"],
    ["family and given name exchanged", { name: named("Abena", "Osei"), birthDate }, "osei probable"],
    ["a name alone, as possible", { name, gender }, "osei possible"],
    [
      "a number with another name and date of birth",
      { identifier, name: named("Okafor", "Chi"), birthDate: "1999-01-01" },
      "osei certainly-not",
    ],
    ["nobody for a stranger", { name: named("Nakamura", "Yuki"), birthDate: "1991-02-03" }],
    ["nobody for a name that many share", { name: named("Oneill") }],
    ["nobody where nothing is said", {}],
  ];
  for (const [about, asked, ...found] of cases) {
    it(about, async () => {
      const candidates = await match(asked);
      assert.deepEqual(candidates.slice(0, Math.max(1, found.length)), found);
    });
  }

  it("the likeliest first, as many as asked for", async () => {
    assert.deepEqual(await match(osei, [{ name: "count", valueInteger: 1 }]), ["osei certain"]);
  });

  it("only who is certain, and alone, where that is asked for", async () => {
    const only = [{ name: "onlyCertainMatches", valueBoolean: true }];
    assert.deepEqual(await match({ identifier, name }, only), ["osei certain"]);
    assert.deepEqual(await match(osei, only), []);
    assert.deepEqual(await match({ name, birthDate, gender }, only), []);
  });

  it("a Patient that is the body itself", async () => {
    const reply = await door.send("POST /Patient/$match", { body: osei });
    assert.equal(graded(reply)[0], "osei certain");
  });
});

describe("$match refuses", () => {
  const refused = [
    ["POST /Patient/$match", { resourceType: "Parameters", parameter: [] }],
    ["POST /Patient/$match", { resourceType: "Observation" }],
    ["POST /Patient/$match", { resourceType: "Parameters", parameter: [{ name: "resource", valueString: "osei" }] }],
  ] as const;
  for (const [line, body] of refused) {
    it(`${JSON.stringify(body)}`, async () => assert.equal((await door.send(line, { body })).status, 400));
  }

  it("those who may not search patients", async () => {
    assert.equal((await doorFor("Patient.read").send("POST /Patient/$match", { body: osei })).status, 403);
  });
});

describe("$potential-duplicates", () => {
  interface Pair {
    readonly name: string;
    readonly valueUri?: string;
    readonly part: readonly { readonly valueReference?: { readonly reference: string }; readonly valueCode?: string }[];
  }
  const pairs = ({ json }: Received) => {
    assert.deepEqual(checkResource(json), []);
    return ((json.parameter ?? []) as unknown as Pair[]).map(({ name: kind, part = [] }) =>
      [kind, ...part.map(({ valueReference, valueCode }) => valueReference?.reference ?? valueCode)]
        .slice(0, 4)
        .join(" "),
    );
  };

  it("lists each pair once", async () => {
    assert.deepEqual(pairs(await door.send("GET /Patient/$potential-duplicates")), [
      "pair Patient/twin Patient/osei probable",
    ]);
  });

  it("comes in pages", async () => {
    let found: string[] = [];
    let line: string | undefined = "GET /Patient/$potential-duplicates?_count=3";
    for (let page = 1; line !== undefined; page += 1) {
      const reply: Received = await door.send(line);
      found = [...found, ...pairs(reply).filter((pair) => pair.startsWith("pair"))];
      const next = ((reply.json.parameter ?? []) as unknown as Pair[]).find((each) => each.name === "next")?.valueUri;
      line = next?.replace(`${origin}/fhir`, "GET ");
      assert.ok(page <= 3);
    }
    assert.deepEqual(found, ["pair Patient/twin Patient/osei probable"]);
  });

  it("may be asked of one patient", async () => {
    assert.deepEqual(pairs(await door.send("GET /Patient/osei/$potential-duplicates")), [
      "pair Patient/osei Patient/twin probable",
    ]);
    assert.deepEqual(pairs(await door.send("GET /Patient/stephen/$potential-duplicates")), []);
  });

  it("leaves out those whom somebody has linked", async () => {
    const link = [{ other: { reference: "Patient/osei" }, type: "seealso" }];
    await patient("twin", { ...twin, link });
    assert.deepEqual(pairs(await door.send("GET /Patient/$potential-duplicates")), []);
  });
});
