// HL7 v2.5.1 §2.7 (use of escape sequences in text fields).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { limits } from "#kernel";
import { charsetNamed, utf8 } from "./charset.ts";
import { type Encoding, usualDelimiters } from "./delimiters.ts";
import { escapeText, unescapeText } from "./escape.ts";

const encoding: Encoding = { delimiters: usualDelimiters, charset: utf8 };

function text(raw: string): string {
  return unescapeText(raw, encoding).text;
}

function codes(raw: string): string[] {
  return unescapeText(raw, encoding).problems.map(({ code }) => code);
}

describe("Escapes of delimiters", () => {
  it("are the delimiters that this message has", () => {
    assert.equal(text("\\F\\\\S\\\\T\\\\R\\\\E\\"), "|^&~\\");
    const delimiters = { field: "$", component: "%", repetition: "!", escape: "*", subcomponent: "@", truncation: "§" };
    assert.equal(unescapeText("*F**S**T**R**E**P*", { delimiters, charset: utf8 }).text, "$%@!*§");
  });

  it("are #, for the truncation character, where the message declares none", () => {
    assert.equal(text("\\P\\"), "#");
  });
});

describe("Escapes of bytes", () => {
  it("are read in the character set of the message", () => {
    assert.equal(text("\\X0D0A\\"), "\r\n");
    assert.equal(text("Ren\\XC3A9\\"), "René");
    const latin1 = charsetNamed("8859/1");
    assert.ok(latin1);
    assert.equal(unescapeText("Ren\\XE9\\", { ...encoding, charset: latin1 }).text, "René");
  });

  it("are read as Windows-1252 when that set has no such bytes", () => {
    assert.equal(text("Ren\\XE9\\"), "René");
  });

  it("with half a byte, or none, are kept as sent and reported", () => {
    assert.equal(text("\\X0\\"), "\\X0\\");
    assert.deepEqual(codes("\\X\\"), ["escape-unknown", "escape-unknown"]);
  });
});

describe("Formatting", () => {
  it("breaks lines", () => {
    assert.equal(text("one\\.br\\two\\.sp\\three\\.sp2\\four\\.ce\\five"), "one\ntwo\nthree\n\nfour\nfive");
  });

  it("keeps a report that is laid out in fixed width as it is laid out", () => {
    assert.equal(
      text("Culture\\.in+4\\\\.br\\E. coli\\.br\\S. aureus\\.in0\\\\.br\\End"),
      "Culture\n    E. coli\n    S. aureus\nEnd",
    );
    assert.equal(text("a\\.sk 3\\b\\.br\\\\.ti2\\c"), "a   b\n  c");
  });

  it("leaves highlighting and wrapping out", () => {
    assert.equal(text("\\H\\high\\N\\ \\.nf\\plain\\.fi\\"), "high plain");
  });

  it("asks for no more blanks than the limit", () => {
    assert.equal(text("\\.sk999\\"), "\\.sk999\\");
    assert.equal(text(`\\.sk${limits.hl7FormattingCountMax}\\`).length, limits.hl7FormattingCountMax);
    assert.deepEqual(codes("\\.sp999\\").length, 2);
  });
});

describe("Escapes that are not known", () => {
  it("are kept as sent, and those behind them are decoded all the same", () => {
    assert.equal(text("C:\\temp\\x 50\\50 \\T\\ more"), "C:\\temp\\x 50\\50 & more");
    assert.deepEqual(codes("C:\\temp \\T\\"), ["escape-unknown"]);
  });

  it("are a local matter when they start with Z", () => {
    const { text: kept, problems } = unescapeText("a\\Zbold\\b", encoding, "NTE[1]-3[1]");
    assert.equal(kept, "a\\Zbold\\b");
    assert.deepEqual(problems, [
      {
        category: "unsupported",
        code: "escape-unsupported",
        message: "A local escape, or one to another character set, was kept as sent.",
        where: "NTE[1]-3[1]",
      },
    ]);
  });

  it("are reported so often and no more", () => {
    assert.equal(codes("\\".repeat(1_001)).length, limits.hl7ProblemsMax);
  });
});

describe("Escapes to other character sets", () => {
  it("give the Japanese text that the seven-bit characters stand for", () => {
    assert.equal(text("\\M2442\\;3ED\\C2842\\ Taro"), "山田 Taro");
    assert.equal(text("\\M242844\\0!\\C2842\\"), "丂");
  });

  it("are kept as sent when the set is another", () => {
    assert.equal(text("\\C2D41\\x"), "\\C2D41\\x");
    assert.deepEqual(codes("\\C2D41\\x"), ["escape-unsupported"]);
  });
});

describe("Text that is sent", () => {
  it("has its delimiters, line ends and control characters escaped", () => {
    assert.equal(
      escapeText("a|b^c&d~e\\f\r\ng\th", usualDelimiters),
      "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\.br\\g\\X09\\h",
    );
  });

  it("has blanks for them in a message without an escape character", () => {
    assert.equal(escapeText("a|b\\c", { ...usualDelimiters, escape: "" }), "a b\\c");
  });

  it("has line ends in hexadecimal where the escape character is a dot", () => {
    const delimiters = { ...usualDelimiters, escape: "." };
    assert.equal(escapeText("a\nb.c", delimiters), "a.X0A.b.E.c");
    assert.equal(unescapeText("a.X0A.b.E.c", { delimiters, charset: utf8 }).text, "a\nb.c");
  });

  it("is what is read again", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab|^~\\&#\n\t\0éX.br0") }), (sent) => {
        assert.equal(text(escapeText(sent, usualDelimiters)), sent);
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });
});
