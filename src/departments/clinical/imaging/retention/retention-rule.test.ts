/** How long studies are kept by rules. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { retentionRuleBody } from "../../api/image-retention.ts";
import { type AgeingStudy, judgeByRules, latestDueDay, yearsOn } from "./retention-rule.ts";

const rule = (id: string, body: object) => ({ id, ...retentionRuleBody.parse(body) });
const ct: AgeingStudy = {
  day: "2012-03-05",
  modalities: ["CT", "SR"],
  description: "CT Thorax",
  birthDay: "1950-01-01",
  lastContact: undefined,
};

const untilOf = (rules: readonly ReturnType<typeof rule>[], study: AgeingStudy) => {
  const judged = judgeByRules(rules, study);
  return judged.is === "until" ? `${judged.rule} ${judged.day}` : judged.is;
};

describe("A study by the retention rules", () => {
  const usual = rule("usual", { years: 8 });

  it("is kept so many years from its day, or from the last contact where that is later", () => {
    assert.equal(untilOf([usual], ct), "usual 2020-03-05");
    const contact = rule("contact", { years: 8, from: "last-contact" });
    assert.equal(untilOf([contact], { ...ct, lastContact: "2015-06-01" }), "contact 2023-06-01");
    assert.equal(untilOf([contact], { ...ct, lastContact: "2011-06-01" }), "contact 2020-03-05");
  });

  it("is kept by the longest of the rules that are about it, and never where none is", () => {
    const breasts = rule("mammography", { years: 30, modalities: ["mg"] });
    assert.equal(untilOf([usual, breasts], ct), "usual 2020-03-05");
    assert.equal(untilOf([usual, breasts], { ...ct, modalities: ["MG"] }), "mammography 2042-03-05");
    assert.equal(untilOf([breasts], ct), "no-rule");
    assert.equal(untilOf([rule("off", { years: 1, isOn: false })], ct), "no-rule");
    assert.equal(untilOf([rule("thorax", { years: 3, descriptions: ["thorax"] })], ct), "thorax 2015-03-05");
  });

  it("of a child is kept to a birthday, and stays where nobody knows whether it is a child's", () => {
    const children = rule("children", { years: 8, childUntilAge: 25 });
    assert.equal(untilOf([children], { ...ct, birthDay: "2010-02-01" }), "children 2035-02-01");
    assert.equal(untilOf([children], { ...ct, birthDay: "1994-03-06" }), "children 2020-03-05", "25 is sooner here");
    assert.equal(untilOf([children], { ...ct, birthDay: "1994-03-05" }), "children 2020-03-05", "18 on the day itself");
    assert.equal(untilOf([children], { ...ct, birthDay: undefined }), "birth-unknown");
  });

  it("must meet what any of the rules asks for besides", () => {
    const loose = rule("loose", { years: 9, withRecord: false, keepsUnreported: false });
    const strict = rule("strict", { years: 8, secondArchive: "vault" });
    const judged = judgeByRules([loose, strict], ct);
    assert.deepEqual(judged, {
      is: "until",
      day: "2021-03-05",
      rule: "loose",
      withRecord: true,
      keepsUnreported: true,
      secondArchives: ["vault"],
    });
  });

  it("from 29 February goes on 1 March, not a day early", () => {
    assert.equal(yearsOn("2012-02-29", 8), "2020-02-29");
    assert.equal(yearsOn("2012-02-29", 9), "2021-03-01");
    assert.equal(latestDueDay([usual, rule("off", { years: 1, isOn: false })], "2026-11-24"), "2018-11-24");
    assert.equal(latestDueDay([], "2026-11-24"), undefined);
  });
});
