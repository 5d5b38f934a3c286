/** Codes of authenticator apps, what is sealed, and recovery codes. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant, limits } from "#kernel";
import { base32, fromBase32 } from "./base32.ts";
import { newRecoveryCodes, withoutCode } from "./recovery-codes.ts";
import { openText, sealText } from "./sealed.ts";
import { matchingStep, newTotpSecret, totpCode, totpStep, totpUri } from "./totp.ts";

/** Source: RFC 4648 §10. */
describe("Base 32", () => {
  const rows = [
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ] as const;
  for (const [plain, encoded] of rows) {
    it(`of '${plain}' is '${encoded}'`, () => {
      assert.equal(base32(Buffer.from(plain)), encoded);
      assert.equal(Buffer.from(fromBase32(encoded)!).toString(), plain);
    });
  }

  it("is read as people type it, and not where a sign is none of it", () => {
    assert.equal(Buffer.from(fromBase32("mzxw 6ytb-oi==")!).toString(), "foobar");
    assert.equal(fromBase32("MZXW1"), undefined);
  });
});

describe("The code of an authenticator app", () => {
  const seed = Buffer.from("12345678901234567890");

  /** Source: RFC 6238 appendix B (SHA-1), the last six of its eight digits. */
  const vectors = [
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ] as const;
  for (const [seconds, code] of vectors) {
    it(`after ${seconds} seconds is ${code}`, () =>
      assert.equal(totpCode(seed, totpStep(instant(seconds * 1_000))), code));
  }

  const secret = base32(seed);
  const now = instant(Date.parse("2026-11-23T09:30:10Z"));
  const step = totpStep(now);
  const at = (steps: number) => totpCode(seed, step + steps);
  const tried = (code: string) => matchingStep({ secret, code, now });

  it("is taken one step before and after its time, and no further", () => {
    assert.deepEqual(
      [-2, -1, 0, 1, 2].map((steps) => tried(at(steps))),
      [undefined, step - 1, step, step + 1, undefined],
    );
  });

  it("is taken with a space in it, and not with a digit more or less", () => {
    assert.equal(tried(`${at(0).slice(0, 3)} ${at(0).slice(3)}`), step);
    assert.equal(tried(`${at(0)}0`), undefined);
    assert.equal(tried(at(0).slice(1)), undefined);
  });

  it("has a secret of 160 bits, which the picture holds", () => {
    const made = newTotpSecret();
    assert.equal(fromBase32(made)?.length, 20);
    assert.equal(
      totpUri({ secret: made, username: "i.lindqvist@ward" }),
      `otpauth://totp/Corridor:i.lindqvist%40ward?secret=${made}&issuer=Corridor&algorithm=SHA1&digits=6&period=30`,
    );
  });
});

describe("What is sealed", () => {
  const key = Buffer.alloc(32, 1);
  const sealed = sealText("JBSWY3DP", { key, purpose: "totp of a-1" });

  it("opens by its key for its purpose, and looks different each time", () => {
    assert.equal(openText(sealed, { key, purpose: "totp of a-1" }), "JBSWY3DP");
    assert.ok(!Buffer.from(sealed, "base64url").toString("latin1").includes("JBSWY3DP"));
    assert.notEqual(sealText("JBSWY3DP", { key, purpose: "totp of a-1" }), sealed);
  });

  it("does not open by another key, for another purpose, changed or cut", () => {
    assert.equal(openText(sealed, { key: Buffer.alloc(32, 2), purpose: "totp of a-1" }), undefined);
    assert.equal(openText(sealed, { key, purpose: "totp of a-2" }), undefined);
    const bytes = Buffer.from(sealed, "base64url");
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.equal(openText(changed.toString("base64url"), { key, purpose: "totp of a-1" }), undefined);
      assert.equal(openText(bytes.subarray(0, at).toString("base64url"), { key, purpose: "totp of a-1" }), undefined);
    }
  });
});

describe("Recovery codes", () => {
  const { codes, kept } = newRecoveryCodes();

  it("are ten, all different, of 80 bits each, kept as salted hashes", () => {
    assert.equal(new Set(codes).size, limits.recoveryCodes);
    for (const code of codes) assert.match(code, /^(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    assert.ok(codes.every((code) => !JSON.stringify(kept).includes(code)));
    assert.notDeepEqual(newRecoveryCodes().kept.salt, kept.salt);
  });

  it("are each taken once, however they are typed", () => {
    const [first = "", second = ""] = codes;
    const once = withoutCode(kept, first.toLowerCase().replaceAll("-", " "));
    assert.equal(once?.hashes.length, limits.recoveryCodes - 1);
    assert.equal(once && withoutCode(once, first), undefined);
    assert.equal(once && withoutCode(once, second)?.hashes.length, limits.recoveryCodes - 2);
  });

  it("that are none of them are refused", () => {
    assert.equal(withoutCode(kept, "AAAA-AAAA-AAAA-AAAA"), undefined);
    assert.equal(withoutCode(kept, ""), undefined);
  });
});
