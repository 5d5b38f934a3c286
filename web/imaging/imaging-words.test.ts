import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dicomDate, dicomName, saysTheSame, sizeText, wordsOf } from "./imaging-words.ts";

describe("Words of the imaging pages", () => {
  it("show the dates and names of DICOM as people read them", () => {
    assert.equal(dicomDate("19610312"), "12-Mar-1961");
    assert.equal(dicomDate("1961"), "1961");
    assert.equal(dicomName("OSEI^Adwoa^^Mrs"), "OSEI, Adwoa");
    assert.equal(dicomName("PHANTOM"), "PHANTOM");
  });

  it("mark no difference that is one of writing only", () => {
    assert.equal(saysTheSame("O'NEILL, Mary-Ann", "o'neill, mary ann"), true);
    assert.equal(saysTheSame("OSEI, Adwoa", "OSEI, Kofi"), false);
  });

  it("say sizes in the unit that fits", () => {
    assert.equal(sizeText(2_412), "3 kB");
    assert.equal(sizeText(2_100_000), "2.1 MB");
    assert.equal(sizeText(12_340_000_000), "12.3 GB");
    assert.equal(sizeText(1_400_000_000_000), "1.40 TB");
  });

  it("take a list as it is typed", () => {
    assert.deepEqual(wordsOf(" CT, MR ,,"), ["CT", "MR"]);
  });
});
