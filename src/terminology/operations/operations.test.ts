/** Source: FHIR R4 §4.7 (terminology service) and the definitions of its operations. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk } from "#kernel";
import { openTestTerminology, partsOf, valuesOf, wardSet, wardSystem, wardUrl } from "../../../test/terminology.ts";
import { onTerms } from "../terms.ts";
import { closure } from "./closure.ts";
import { type Contained, type ExpandOrder, expand } from "./expand.ts";
import { lookup } from "./lookup.ts";
import { subsumes } from "./subsumes.ts";
import { translate } from "./translate.ts";
import { validateCode } from "./validate-code.ts";

const { terminology, store } = await openTestTerminology();
const { terms } = terminology;
const moods = "http://terminology.hl7.org/CodeSystem/v3-ActMood";
await store(wardSystem);

const everything = { offset: 0, isActiveOnly: false, hasDesignations: false, isNested: false, languages: [] } as const;

async function expansionOf(url: string, order: Partial<ExpandOrder> = {}) {
  const valueSet = expectOk(terms.library.valueSet(url));
  return expand(terms, { ...everything, valueSet, ...order });
}

async function codesOf(url: string, order: Partial<ExpandOrder> = {}) {
  return expectOk(await expansionOf(url, order)).contains.map(({ code }) => code);
}

describe("looking a code up", () => {
  const order = { system: { url: wardUrl }, code: "east", properties: [], languages: [] };

  it("tells its display, its designations, its properties and where it stands", async () => {
    const answer = expectOk(await lookup(terms, order));
    const { name, version, display } = valuesOf(answer);
    assert.deepEqual([name, version, display], ["Wards", "2", "East Ward"]);
    assert.deepEqual(partsOf(answer, "designation"), [{ language: "cy", value: "Ward y Dwyrain" }]);
    assert.deepEqual(partsOf(answer, "property"), [
      { code: "beds", value: 24 },
      { code: "inactive", value: false },
      { code: "parent", value: "surgical" },
    ]);
  });

  it("tells only the properties asked for", async () => {
    const answer = expectOk(await lookup(terms, { ...order, code: "medical", properties: ["child"] }));
    assert.deepEqual(
      partsOf(answer, "property").map(({ value }) => value),
      ["west", "annexe"],
    );
  });

  it("shows it in the language wished for", async () => {
    const answer = expectOk(await lookup(terms, { ...order, languages: ["cy"] }));
    assert.equal(valuesOf(answer).display, "Ward y Dwyrain");
  });

  it("knows what FHIR itself brings", async () => {
    const answer = expectOk(await lookup(terms, { ...order, system: { url: moods }, code: "EVN" }));
    assert.equal(valuesOf(answer).display, "event (occurrence)");
  });

  it("says so when there is no such code or code system", async () => {
    const code = await lookup(terms, { ...order, code: "north" });
    assert.equal(!code.ok && code.problems[0].code, "code-unknown");
    const system = await lookup(terms, { ...order, system: { url: wardUrl, version: "1" } });
    assert.equal(!system.ok && system.problems[0].code, "code-system-unknown");
  });
});

describe("expanding a value set", () => {
  const cases: readonly (readonly [title: string, compose: Parameters<typeof wardSet>[1], codes: readonly string[]])[] =
    [
      [
        "a whole system, in its order",
        { include: [{ system: wardUrl }] },
        ["all", "surgical", "east", "theatre", "medical", "west", "annexe"],
      ],
      [
        "codes by name, in the order of the names, without those the system does not have",
        { include: [{ system: wardUrl, concept: [{ code: "west" }, { code: "east" }, { code: "north" }] }] },
        ["west", "east"],
      ],
      [
        "is-a",
        { include: [{ system: wardUrl, filter: [filter("concept", "is-a", "surgical")] }] },
        ["surgical", "east", "theatre"],
      ],
      [
        "descendent-of",
        { include: [{ system: wardUrl, filter: [filter("concept", "descendent-of", "surgical")] }] },
        ["east", "theatre"],
      ],
      [
        "generalizes",
        { include: [{ system: wardUrl, filter: [filter("concept", "generalizes", "east")] }] },
        ["all", "surgical", "east"],
      ],
      [
        "a property equal to a value",
        { include: [{ system: wardUrl, filter: [filter("beds", "=", "24")] }] },
        ["east"],
      ],
      [
        "a property that exists",
        { include: [{ system: wardUrl, filter: [filter("beds", "exists", "true")] }] },
        ["east", "west"],
      ],
      [
        "one of several codes",
        { include: [{ system: wardUrl, filter: [filter("concept", "in", "west,east")] }] },
        ["west", "east"],
      ],
      [
        "a regular expression, as a whole",
        { include: [{ system: wardUrl, filter: [filter("code", "regex", "[a-z]est|ea")] }] },
        ["west"],
      ],
      [
        "filters together",
        {
          include: [
            { system: wardUrl, filter: [filter("concept", "is-a", "medical"), filter("beds", "exists", "true")] },
          ],
        },
        ["west"],
      ],
      [
        "without what is excluded",
        {
          include: [{ system: wardUrl }],
          exclude: [
            { system: wardUrl, filter: [filter("concept", "is-a", "surgical")] },
            { system: wardUrl, concept: [{ code: "all" }] },
          ],
        },
        ["medical", "west", "annexe"],
      ],
      [
        "without retired codes",
        { inactive: false, include: [{ system: wardUrl, filter: [filter("concept", "descendent-of", "medical")] }] },
        ["west"],
      ],
      [
        "several systems one after another",
        {
          include: [
            { system: wardUrl, concept: [{ code: "east" }] },
            { system: moods, concept: [{ code: "EVN" }] },
          ],
        },
        ["east", "EVN"],
      ],
      [
        "what two value sets have in common",
        { include: [{ valueSet: ["http://hospital.example/vs/with-beds", "http://hospital.example/vs/in-surgery"] }] },
        ["east"],
      ],
      [
        "codes by name of a system that is not here",
        { include: [{ system: "http://elsewhere.example/codes", concept: [{ code: "1", display: "One" }] }] },
        ["1"],
      ],
    ];

  it("begins with value sets that others are made of", async () => {
    await store(
      wardSet("with-beds", { include: [{ system: wardUrl, filter: [filter("beds", "exists", "true")] }] }),
      wardSet("in-surgery", { include: [{ system: wardUrl, filter: [filter("concept", "is-a", "surgical")] }] }),
    );
    assert.deepEqual(await codesOf("http://hospital.example/vs/with-beds"), ["east", "west"]);
  });

  for (const [title, compose, codes] of cases) {
    it(`lists ${title}`, async () => {
      await store(wardSet("wanted", compose));
      assert.deepEqual(await codesOf("http://hospital.example/vs/wanted"), codes);
    });
  }

  it("takes value sets that are contained in it", async () => {
    const contained = [
      { ...wardSet("inner", { include: [{ system: wardUrl, concept: [{ code: "east" }] }] }), id: "inner" },
    ];
    await store({ ...wardSet("wanted", { include: [{ valueSet: ["#inner"] }] }), contained });
    assert.deepEqual(await codesOf("http://hospital.example/vs/wanted"), ["east"]);
  });

  it("finds codes by the beginnings of words, whatever their accents and case", async () => {
    await store(wardSet("wanted", { include: [{ system: wardUrl }] }));
    assert.deepEqual(await codesOf("http://hospital.example/vs/wanted", { filter: "WÁRD e" }), ["east"]);
    assert.deepEqual(await codesOf("http://hospital.example/vs/wanted", { filter: "dwyr" }), ["east"]);
  });

  it("gives pages across code systems, and the total with each", async () => {
    await store(wardSet("wanted", { include: [{ system: wardUrl }, { system: moods }] }));
    const whole = await codesOf("http://hospital.example/vs/wanted");
    const pages: string[] = [];
    for (let offset = 0; offset < whole.length; offset += 3) {
      const page = expectOk(await expansionOf("http://hospital.example/vs/wanted", { offset, count: 3 }));
      assert.equal(page.total, whole.length);
      pages.push(...page.contains.map(({ code }) => code));
    }
    assert.deepEqual(pages, whole);
  });

  it("takes the versions of code systems that the caller names", async () => {
    const older = { ...wardSystem, id: "wards-1", version: "1", concept: [{ code: "east" }, { code: "tower" }] };
    await store(older, wardSet("wanted", { include: [{ system: wardUrl }] }));
    const none = new Map<string, string>();
    const one = new Map([[wardUrl, "1"]]);
    const url = "http://hospital.example/vs/wanted";
    const plain = { otherwise: none, checked: none, forced: none };
    assert.ok((await codesOf(url)).includes("west"), "the newest where nobody says");
    assert.deepEqual(await codesOf(url, { versions: { ...plain, otherwise: one } }), ["east", "tower"]);
    await store(wardSet("wanted", { include: [{ system: wardUrl, version: "2" }] }));
    assert.ok((await codesOf(url, { versions: { ...plain, otherwise: one } })).includes("west"));
    assert.deepEqual(await codesOf(url, { versions: { ...plain, forced: one } }), ["east", "tower"]);
    const refused = await expansionOf(url, { versions: { ...plain, checked: one } });
    assert.equal(!refused.ok && refused.problems[0].code, "version-not-allowed");
  });

  it("nests a whole system as it stands", async () => {
    await store(wardSet("wanted", { include: [{ system: wardUrl }] }));
    const { contains } = expectOk(await expansionOf("http://hospital.example/vs/wanted", { isNested: true }));
    const outline = (list: readonly Contained[]): unknown => list.map((one) => [one.code, outline(one.contains ?? [])]);
    const surgical = [
      "surgical",
      [
        ["east", []],
        ["theatre", []],
      ],
    ];
    assert.deepEqual(outline(contains), [
      [
        "all",
        [
          surgical,
          [
            "medical",
            [
              ["west", []],
              ["annexe", []],
            ],
          ],
        ],
      ],
    ]);
    assert.equal(contains[0]?.abstract, true);
  });

  it("shows a code as the value set says, with designations where they are asked for", async () => {
    await store(
      wardSet("wanted", { include: [{ system: wardUrl, concept: [{ code: "east", display: "The east" }] }] }),
    );
    const { contains } = expectOk(await expansionOf("http://hospital.example/vs/wanted", { hasDesignations: true }));
    assert.deepEqual(contains, [
      {
        system: wardUrl,
        code: "east",
        display: "The east",
        designation: [{ language: "cy", value: "Ward y Dwyrain" }],
      },
    ]);
  });

  const refused: readonly (readonly [title: string, compose: Parameters<typeof wardSet>[1], code: string])[] = [
    ["a system that cannot be listed", { include: [{ system: "http://unitsofmeasure.org" }] }, "too-costly"],
    [
      "a whole system that is not here",
      { include: [{ system: "http://elsewhere.example/codes" }] },
      "code-system-unknown",
    ],
    ["a value set that is not here", { include: [{ valueSet: ["http://elsewhere.example/vs"] }] }, "value-set-unknown"],
    [
      "a value set made of itself",
      { include: [{ valueSet: ["http://hospital.example/vs/wanted"] }] },
      "value-set-circular",
    ],
    [
      "a part of a query language that it does not evaluate",
      { include: [{ system: "http://snomed.info/sct", filter: [filter("constraint", "=", "!!> 73211009")] }] },
      "ecl-unsupported",
    ],
    [
      "a pattern that could take for ever",
      { include: [{ system: wardUrl, filter: [filter("code", "regex", "(a+)+b")] }] },
      "filter-pattern-unsupported",
    ],
  ];

  for (const [title, compose, code] of refused) {
    it(`refuses ${title}`, async () => {
      await store(wardSet("wanted", compose));
      const result = await onTerms(terms, () => expansionFound("http://hospital.example/vs/wanted"));
      assert.equal(!result.ok && result.problems[0].code, code);
    });
  }

  async function expansionFound(url: string) {
    const valueSet = terms.library.valueSet(url);
    return valueSet.ok ? expand(terms, { ...everything, valueSet: valueSet.value }) : valueSet;
  }
});

describe("checking a code", () => {
  const order = { isAbstractAllowed: true, languages: [] };

  it("finds it in its code system", async () => {
    const answer = expectOk(await validateCode(terms, { ...order, codings: [{ system: wardUrl, code: "east" }] }));
    assert.deepEqual(valuesOf(answer), {
      result: true,
      display: "East Ward",
      code: "east",
      system: wardUrl,
      version: "2",
    });
  });

  const wrong: readonly (readonly [title: string, coding: object, message: RegExp])[] = [
    ["one that does not exist", { system: wardUrl, code: "north" }, /north is not in the code system/],
    ["one with another's display", { system: wardUrl, code: "east", display: "West Ward" }, /it is "East Ward"/],
    ["one of an unknown system", { system: "http://elsewhere.example/codes", code: "1" }, /not known here/],
    ["one of no system", { code: "east" }, /of no code system/],
  ];

  for (const [title, coding, message] of wrong) {
    it(`refuses ${title}, and says why`, async () => {
      const answer = valuesOf(expectOk(await validateCode(terms, { ...order, codings: [coding] })));
      assert.equal(answer.result, false);
      assert.match(String(answer.message), message);
    });
  }

  it("finds it in a value set, by one of several codings, and adds the system to a bare code", async () => {
    await store(wardSet("wanted", { include: [{ system: wardUrl, filter: [filter("concept", "is-a", "surgical")] }] }));
    const valueSet = expectOk(terms.library.valueSet("http://hospital.example/vs/wanted"));
    const check = async (...codings: readonly object[]) =>
      valuesOf(expectOk(await validateCode(terms, { ...order, valueSet, codings })));
    assert.equal((await check({ system: wardUrl, code: "west" }, { system: wardUrl, code: "east" })).result, true);
    assert.equal((await check({ system: wardUrl, code: "west" })).result, false);
    assert.equal((await check({ code: "theatre" })).system, wardUrl);
    assert.equal((await check({ system: moods, code: "EVN" })).result, false);
  });

  it("refuses a concept of which one coding does not exist, although another is in the value set", async () => {
    const valueSet = expectOk(terms.library.valueSet("http://hospital.example/vs/with-beds"));
    const codings = [
      { system: wardUrl, code: "east" },
      { system: wardUrl, code: "north" },
    ];
    const answer = valuesOf(expectOk(await validateCode(terms, { ...order, valueSet, codings })));
    assert.equal(answer.result, false);
    assert.match(String(answer.message), /north is not in the code system/);
  });

  it("tells the display of a code that is not in the value set", async () => {
    const valueSet = expectOk(terms.library.valueSet("http://hospital.example/vs/with-beds"));
    const codings = [{ system: wardUrl, code: "theatre" }];
    const answer = valuesOf(expectOk(await validateCode(terms, { ...order, valueSet, codings })));
    assert.deepEqual([answer.result, answer.display], [false, "Theatre recovery"]);
  });

  it("takes what a fragment does not have for what it may have, and says so", async () => {
    const part = { ...wardSystem, id: "part", url: "http://hospital.example/part", content: "fragment" };
    await store(part, wardSet("part", { include: [{ system: "http://hospital.example/part" }] }));
    const valueSet = expectOk(terms.library.valueSet("http://hospital.example/vs/part"));
    const codings = [{ system: "http://hospital.example/part", code: "north" }];
    for (const asked of [
      { ...order, codings },
      { ...order, codings, valueSet },
    ]) {
      const answer = valuesOf(expectOk(await validateCode(terms, asked)));
      assert.equal(answer.result, true);
      assert.match(String(answer.message), /could not be checked/);
    }
  });

  it("takes the version that a value set names, whole or with parts left open", async () => {
    const include = [{ system: wardUrl, version: "x" }];
    await store(wardSet("any", { include }), wardSet("one", { include: [{ system: wardUrl, version: "2" }] }));
    const check = async (id: string, version: string) => {
      const valueSet = expectOk(terms.library.valueSet(`http://hospital.example/vs/${id}`));
      const codings = [{ system: wardUrl, code: "east", version }];
      return valuesOf(expectOk(await validateCode(terms, { ...order, valueSet, codings }))).result;
    };
    assert.deepEqual([await check("any", "2"), await check("one", "2"), await check("one", "1")], [true, true, false]);
  });

  it("refuses a retired code where the value set does, and a grouping one where the caller does", async () => {
    await store(wardSet("wanted", { inactive: false, include: [{ system: wardUrl }] }));
    const valueSet = expectOk(terms.library.valueSet("http://hospital.example/vs/wanted"));
    const retired = await validateCode(terms, { ...order, valueSet, codings: [{ system: wardUrl, code: "annexe" }] });
    assert.equal(valuesOf(expectOk(retired)).result, false);
    const grouping = { ...order, valueSet, codings: [{ system: wardUrl, code: "all" }] };
    assert.equal(valuesOf(expectOk(await validateCode(terms, grouping))).result, true);
    const concrete = await validateCode(terms, { ...grouping, isAbstractAllowed: false });
    assert.equal(valuesOf(expectOk(concrete)).result, false);
  });

  it("checks units, languages and media types by their grammar", async () => {
    const cases = [
      ["http://unitsofmeasure.org", "mg/dL", true],
      ["http://unitsofmeasure.org", "mg per dL", false],
      ["urn:ietf:bcp:47", "en-GB", true],
      ["urn:ietf:bcp:47", "english language", false],
      ["urn:ietf:bcp:13", "text/plain; charset=utf-8", true],
      ["urn:ietf:bcp:13", "text", false],
    ] as const;
    for (const [system, code, expected] of cases) {
      const answer = expectOk(await validateCode(terms, { ...order, codings: [{ system, code }] }));
      assert.equal(valuesOf(answer).result, expected, code);
    }
  });
});

describe("relating codes", () => {
  const related: readonly (readonly [a: string, b: string, outcome: string])[] = [
    ["east", "east", "equivalent"],
    ["all", "east", "subsumes"],
    ["east", "surgical", "subsumed-by"],
    ["east", "medical", "not-subsumed"],
  ];

  for (const [codeA, codeB, outcome] of related) {
    it(`${codeA} and ${codeB}: ${outcome}`, async () => {
      const answer = expectOk(await subsumes(terms, { system: { url: wardUrl }, codeA, codeB }));
      assert.equal(valuesOf(answer).outcome, outcome);
    });
  }

  it("translates by the maps that FHIR brings, and back", () => {
    const forth = translate(terms, {
      codings: [{ system: "http://hl7.org/fhir/administrative-gender", code: "male" }],
      targetSystem: "http://terminology.hl7.org/CodeSystem/v2-0001",
      isReverse: false,
    });
    const [match] = partsOf(expectOk(forth), "match");
    assert.deepEqual(match?.concept, { system: "http://terminology.hl7.org/CodeSystem/v2-0001", code: "M" });
    const back = translate(terms, {
      codings: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0001", code: "M" }],
      targetSystem: "http://hl7.org/fhir/administrative-gender",
      isReverse: true,
    });
    assert.equal(valuesOf(expectOk(back)).result, true);
    const nowhere = translate(terms, { codings: [{ system: wardUrl, code: "east" }], isReverse: false });
    assert.equal(valuesOf(expectOk(nowhere)).result, false);
  });

  it("keeps a table of what is under what, and tells what is new or what came after a version", async () => {
    const unknown = await closure(terms, { name: "wards", codings: [{ system: wardUrl, code: "east" }] });
    assert.equal(!unknown.ok && unknown.problems[0].code, "closure-unknown");
    await closure(terms, { name: "wards", codings: [] });
    const first = expectOk(await closure(terms, { name: "wards", codings: coded("east", "west") }));
    assert.equal(first.group, undefined);
    const second = expectOk(await closure(terms, { name: "wards", codings: coded("all") }));
    const element = [
      { code: "east", target: [{ code: "all", equivalence: "subsumes" }] },
      { code: "west", target: [{ code: "all", equivalence: "subsumes" }] },
    ];
    assert.deepEqual(second.group, [{ source: wardUrl, target: wardUrl, element }]);
    assert.equal(second.version, "2");
    const again = expectOk(await closure(terms, { name: "wards", codings: [], version: 1 }));
    assert.deepEqual(again.group, second.group);
  });
});

function coded(...codes: readonly string[]) {
  return codes.map((code) => ({ system: wardUrl, code }));
}

function filter(property: string, op: string, value: string) {
  return { property, op, value };
}
